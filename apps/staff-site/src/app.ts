import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createSite, renderer, secretsOf } from '#libs/pages';
import { doorOf } from '#libs/sign-in';
import type { Config } from './config.js';
import { isUnattended, liveScript } from './queues/live.js';
import { may } from './may.js';
import { navigation } from './menu.js';
import { LondonToday, Services, type Today } from './outside.js';
import { paths } from './paths.js';
import { StaffSiteModule } from './staff-site.module.js';

const frame = { name: 'Staff', isFolded: true, above: { template: 'find-field.njk', action: paths.findConcern(), isFor: () => may('concern.read_case') } };
const forTryingOut = 'This runs for trying out, with invented staff: do not use it for real people.';

/** What a test puts in the place of the world outside. */
export interface Outside {
  fetch?: typeof fetch;
  today?: Today;
  now?: () => number;
  /** Stands before every page instead of signing in. */
  door?: (app: NestFastifyApplication) => Promise<void>;
}

/** The staff site; a test brings its own services, its own day, and whoever is signed in. */
export function createStaffSite(config: Config, outside: Outside = {}): Promise<NestFastifyApplication> {
  const issuer = new URL(config.OIDC_ISSUER);
  const isForTryingOut = issuer.protocol === 'http:';
  const render = renderer('staff-site', { ...frame, navigation: navigation(isForTryingOut), ...(isForTryingOut ? { notice: forTryingOut } : {}) });
  const services = new Services(config, outside.fetch);
  const today = outside.today ?? new LondonToday(config.BOARD_AS_OF);
  const now = outside.now ?? Date.now;
  const site = { name: 'staff-site', cookiePrefix: `staff-${config.CASEWARD_HOME_NAME}`, cookieSecret: secretsOf(config), secureCookies: config.SECURE_COOKIES === 'yes', logLevel: config.LOG_LEVEL };
  return createSite({
    ...site,
    home: config.CASEWARD_HOME_NAME,
    module: StaffSiteModule.with({ services, today, now, render }),
    render,
    pagesAMinute: config.PAGES_A_MINUTE,
    formsLeadTo: [issuer.origin],
    scripts: [liveScript],
    before: outside.door ?? doorOf({ config, site, render, now, asked: { service: 'people', url: config.PEOPLE_URL, ...(outside.fetch ? { fetch: outside.fetch } : {}) }, isOpen: () => false, isUnattended }),
  });
}
