import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { createSite, renderer, siteLog, visitor } from '#libs/pages';
import { doorOf, SiteDatabase } from '#libs/sign-in';
import { dropReceipt } from './concern/hold-receipt.js';
import { showStale } from './concern/show-step.js';
import { timeOutScript } from './concern/time-out.js';
import { type Config, siteOf } from './config.js';
import { keepClear } from './draft/clearing.js';
import { closeDraft, DraftHere } from './draft/draft-here.js';
import { type DraftRows, PgDraftRows } from './draft/draft-rows.js';
import { Drafts } from './draft/drafts.js';
import { dropFollowing } from './follow/code/hold-following.js';
import { publicPrograms, type Signing, Triage } from './outside.js';
import { PartnerSiteModule } from './partner-site.module.js';
import { paths } from './paths.js';

const frameOf = ({ SAFEGUARDING_PHONE }: Config) => ({
  name: 'Adults at risk',
  isFolded: true,
  navigation: [
    { text: 'Raise a concern', href: paths.newConcern(), then: 'begin' },
    { text: 'Your concerns', href: paths.raised(), isFor: () => visitor() !== undefined, then: 'raised' },
    { text: 'Follow a concern', href: paths.follow(), isFor: () => visitor() === undefined, then: 'follow' },
  ],
  signIn: { text: 'Sign in for partner organisations', href: paths.signIn(), then: 'sign-in' },
  notice: 'This runs for trying out, on this machine alone. Nobody reads what is sent here: do not use it for a real person.',
  footer: [
    { text: 'Is this safeguarding?', href: paths.isThisSafeguarding(), then: 'is-this-safeguarding' },
    { text: 'Easy Read', href: paths.easyRead(), then: 'easy-read' },
  ],
  above: { template: 'above.njk', exitHref: paths.exit() },
  phone: SAFEGUARDING_PHONE,
});

/** What a test puts in the place of the world outside. */
export interface Outside {
  fetch?: typeof fetch;
  asPublic?: (authority: string) => Signing | undefined;
  /** Stands before every page instead of signing in. */
  door?: (app: NestFastifyApplication) => Promise<void>;
  draftRows?: DraftRows;
  now?: () => number;
}

/** The partner site. Its pages are for anybody; a partner who signs in raises concerns in their own name, and sees how they go on. */
export function createPartnerSite(config: Config, outside: Outside = {}): Promise<NestFastifyApplication> {
  const render = renderer('partner-site', frameOf(config));
  const triage = new Triage(config, outside.asPublic ?? publicPrograms(config), outside.fetch);
  const { now = Date.now } = outside;
  const site = siteOf(config);
  const database = new SiteDatabase({ databaseUrl: config.DATABASE_APP_URL, name: site.name }, 'drafts');
  const drafts = new Drafts(outside.draftRows ?? new PgDraftRows(database), now, config.DRAFTS_MEGABYTES * 1_000_000);
  const here = new DraftHere(drafts, config);
  const signedOut = (reply: FastifyReply): void => {
    closeDraft(config, reply);
    dropReceipt(config, reply);
    dropFollowing(config, reply);
  };
  const asked = { service: 'triage', url: config.TRIAGE_URL, ...(outside.fetch && { fetch: outside.fetch }) };
  const door = outside.door ?? doorOf({ config, site, render, now, asked, signedOut, isWayOut: (path) => path === paths.exit(), isOpen: (path) => path !== paths.raised() && !path.startsWith(`${paths.raised()}/`) });
  return createSite({
    ...site,
    home: config.CASEWARD_HOME_NAME,
    module: PartnerSiteModule.with({ triage, drafts, config, render, now }),
    render,
    pagesAMinute: config.PAGES_A_MINUTE,
    formsLeadTo: [new URL(config.OIDC_ISSUER).origin],
    scripts: [timeOutScript],
    before: async (app) => {
      const stopClearing = keepClear(drafts, siteLog(site));
      app.getHttpAdapter().getInstance().addHook('onClose', async () => {
        stopClearing();
        await database.close();
      });
      await door(app);
    },
    staleForm: (request, reply, why) => showStale({ reply, render, phone: config.SAFEGUARDING_PHONE, now: now() }, request, { why, look: (asking) => here.look(asking) }),
  });
}
