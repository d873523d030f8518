import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createSite, renderer } from '#libs/pages';
import { doorOf } from '#libs/sign-in';
import { showForm } from './concern/show-form.js';
import { readTyped } from './concern/typed.js';
import type { Config } from './config.js';
import { publicPrograms, type Signing, Triage } from './outside.js';
import { PartnerSiteModule } from './partner-site.module.js';
import { paths } from './paths.js';

const frame = {
  name: 'Adults at risk',
  navigation: [
    { text: 'Raise a concern', href: paths.newConcern() },
    { text: 'Your concerns', href: paths.raised() },
  ],
  signIn: { text: 'Sign in for partner organisations', href: '/sign-in' },
  notice: 'This runs for trying out, on this machine alone. Nobody reads what is sent here: do not use it for a real person.',
};

/** What a test puts in the place of the world outside. */
export interface Outside {
  fetch?: typeof fetch;
  asPublic?: (authority: string) => Signing | undefined;
  /** Stands before every page instead of signing in. */
  door?: (app: NestFastifyApplication) => Promise<void>;
}

/** The partner site. Its pages are for anybody; a partner who signs in raises concerns in their own name, and sees how they go on. */
export function createPartnerSite(config: Config, outside: Outside = {}): Promise<NestFastifyApplication> {
  const render = renderer('partner-site', frame);
  const triage = new Triage(config, outside.asPublic ?? publicPrograms(config), outside.fetch);
  const site = { name: 'partner-site', cookiePrefix: `partner-${config.CASEWARD_HOME_NAME}`, cookieSecret: config.SESSION_SECRET, secureCookies: config.SECURE_COOKIES === 'yes', logLevel: config.LOG_LEVEL };
  return createSite({
    ...site,
    home: config.CASEWARD_HOME_NAME,
    module: PartnerSiteModule.with({ triage, config, render }),
    render,
    pagesAMinute: config.PAGES_A_MINUTE,
    formsLeadTo: [new URL(config.OIDC_ISSUER).origin],
    before: outside.door ?? doorOf({ config, site, render, now: Date.now, asked: { service: 'triage', url: config.TRIAGE_URL }, isOpen: (path) => path !== paths.raised() }),
    staleForm: ({ body }, reply) =>
      showForm({ reply, render, phone: config.SAFEGUARDING_PHONE }, readTyped(body), { status: 403, errors: [], trouble: 'stale' }),
  });
}
