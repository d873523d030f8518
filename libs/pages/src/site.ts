import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
// By its file: the lib as a whole brings databases and brokers, which a site has nothing to do with.
import { addresses } from '../../platform/src/addresses.js';
import { ErrorPages, type StaleForm } from './error-pages.js';
import { keepPace } from './keep-pace.js';
import type { Script } from './script.js';
import { refuseForeign } from './refuse-foreign.js';
import type { Render } from './renderer.js';
import { securityHeaders } from './security-headers.js';
import { siteLog } from './site-log.js';
import { takeFilesOfForms } from './sent-file.js';
import { stylesheet, stylesheetPath } from './stylesheet.js';

export interface Site {
  /** `partner-site` or `staff-site`. */
  name: string;
  /** Which of several systems on a machine it belongs to. */
  home: string;
  module: DynamicModule;
  render: Render;
  /** Keeps the cookies of two sites, or of two copies of one, apart: browsers do not part them by port. */
  cookiePrefix: string;
  /** Several while it is changed: the first signs. */
  cookieSecret: string | string[];
  /** Only where the site is reached over TLS; otherwise a browser would not send its cookies back. */
  secureCookies: boolean;
  logLevel: string;
  /** What one visitor may ask of one process. */
  pagesAMinute: number;
  /** Where forms of this site lead besides: to the provider at which people sign out. */
  formsLeadTo?: string[];
  /** What makes its pages better where a browser runs scripts. */
  scripts?: Script[];
  /** What stands before every page, when cookies can be read and before anything else is done. */
  before?: (app: NestFastifyApplication) => Promise<void>;
  /** Shows a form again that could not be taken, with what was typed: its token has run out, or nobody can say just now whom it is from. Where it does not, a page of both sites does. */
  staleForm?: StaleForm;
}

/** A site with everything that both sites have in common, ready to listen or to be asked in a test. */
export async function createSite(site: Site): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ ...addresses, genReqId: () => randomUUID(), bodyLimit: 1_048_576, ...(site.secureCookies ? { trustProxy: (_address: string, hop: number) => hop === 0 } : {}) });
  const app = await NestFactory.create<NestFastifyApplication>(site.module, adapter, { logger: ['error', 'warn'] });
  await app.register(helmet, securityHeaders(site));
  await app.register(cookie, { secret: site.cookieSecret });
  await app.register(csrf, { cookieKey: cookieName(site, 'form'), cookieOpts: cookieOptions(site) });
  oneTokenAPage(app);
  keepNothing(app);
  await publicFiles(app, site);
  await takeFilesOfForms(app);
  refuseForeign(app);
  await site.before?.(app);
  const log = siteLog(site);
  keepPace(app, { ...site, log });
  refuseForgedForms(app);
  app.useGlobalFilters(new ErrorPages(site, log));
  return app;
}

/** How every cookie of a site is set: not to be read by a page, not to be sent from elsewhere, not to be forged. */
export function cookieOptions({ secureCookies }: Pick<Site, 'secureCookies'>) {
  return { path: '/', httpOnly: true, sameSite: 'strict', signed: true, secure: secureCookies } as const;
}

/** The name of a cookie. Where it only travels over TLS, browsers hold it to that and to this very host. */
export const cookieName = ({ cookiePrefix, secureCookies }: Pick<Site, 'cookiePrefix' | 'secureCookies'>, what: string): string =>
  `${secureCookies ? '__Host-' : ''}${cookiePrefix}-${what}`;

/** All forms of a page carry one token: where a browser has no secret yet, making two would begin two, and the first form could not be sent. */
function oneTokenAPage(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onRequest', (_request, reply, done) => {
    const make = reply.generateCsrf.bind(reply);
    let token: string | undefined;
    reply.generateCsrf = () => (token ??= make());
    done();
  });
}

function keepNothing(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
}

function refuseForgedForms(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('preHandler', (request, reply, next) =>
    request.method === 'POST' ? fastify.csrfProtection(request, reply, next) : next(),
  );
}

/** For ever: its address names its content. */
const kept = 'public, max-age=31536000, immutable';

/** What is anybody's, in a context of its own: whatever stands before pages from here on, such as who is signed in, is not asked for it, and a page whose session cannot be read still looks like one. */
async function publicFiles(app: NestFastifyApplication, { name, home, scripts = [] }: Site): Promise<void> {
  await app.getHttpAdapter().getInstance().register(async (fastify) => {
    fastify.get(stylesheetPath, (_request, reply) =>
      reply.header('cache-control', kept).type('text/css; charset=utf-8').send(stylesheet),
    );
    for (const { path, content } of scripts) {
      fastify.get(path, (_request, reply) => reply.header('cache-control', kept).type('text/javascript; charset=utf-8').send(content));
    }
    fastify.get('/assets/icon.svg', (_request, reply) => reply.type('image/svg+xml; charset=utf-8').send(icon));
    fastify.get('/ping', () => ({ status: 'ok' }));
    fastify.get('/health', () => ({ name, home, status: 'ok' }));
  });
}

/** The icon of every page. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#17333f"/>' +
  '<path d="M22 12a7 7 0 1 0 0 8" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/></svg>';
