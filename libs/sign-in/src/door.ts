import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { refuseOtherOrigins, type Render, ServiceClient, type Site, siteLog } from '#libs/pages';
import { Oidc } from './oidc.js';
import { PgSessionStore } from './pg-session-store.js';
import { SignIn } from './sign-in.js';
import type { SignInConfig } from './sign-in-config.js';

const me = z.object({ id: z.string(), roles: z.array(z.string()), authority: z.string().nullable(), sessionsEndedAt: z.iso.datetime().optional() });

interface Parts {
  config: SignInConfig;
  site: Pick<Site, 'name' | 'cookiePrefix' | 'cookieSecret' | 'secureCookies' | 'logLevel'>;
  render: Render;
  now: () => number;
  /** The service that says who somebody is to the services. */
  asked: { service: string; url: string; fetch?: typeof fetch };
  /** Pages for whoever it may be. */
  isOpen: (path: string) => boolean;
  /** Where somebody gets away by: it opens whatever cannot be said of them just now. */
  isWayOut?: (path: string) => boolean;
  /** What a page asks for by itself, without anybody doing anything: it keeps no session from ending. */
  isUnattended?: (path: string) => boolean;
  /** What the site lets go of besides when somebody signs out. */
  signedOut?: (reply: FastifyReply) => void;
}

/** Stands before every page of a site, and signs people in and out there. */
export function doorOf({ config, site, render, now, asked, isOpen, isWayOut, isUnattended, signedOut }: Parts): (app: NestFastifyApplication) => Promise<void> {
  const service = new ServiceClient(asked);
  const signIn = new SignIn({
    site,
    render,
    now,
    isOpen,
    ...(isWayOut && { isWayOut }),
    ...(isUnattended && { isUnattended }),
    ...(signedOut && { signedOut }),
    log: siteLog(site),
    oidc: new Oidc(config, config.SITE_URL, now),
    store: new PgSessionStore({ databaseUrl: config.DATABASE_APP_URL, secret: site.cookieSecret, name: site.name }, now),
    whoIs: (token) => service.as(async () => ({ authorization: `Bearer ${token}` })).get('/me', {}, me),
  });
  return (app) => {
    refuseOtherOrigins(app, config.SITE_URL);
    return signIn.standBefore(app);
  };
}
