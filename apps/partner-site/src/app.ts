import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createSite, renderer } from '#libs/pages';
import { showForm } from './concern/show-form.js';
import { readTyped } from './concern/typed.js';
import type { Config } from './config.js';
import { Triage } from './outside.js';
import { PartnerSiteModule } from './partner-site.module.js';
import { paths } from './paths.js';

const frame = {
  name: 'Adults at risk',
  navigation: [{ text: 'Raise a concern', href: paths.newConcern() }],
  notice: 'This runs for trying out, on this machine alone. Nobody reads what is sent here: do not use it for a real person.',
};

/** The partner site; a test brings its own triage service. */
export function createPartnerSite(config: Config, request?: typeof fetch): Promise<NestFastifyApplication> {
  const render = renderer('partner-site', frame);
  return createSite({
    name: 'partner-site',
    home: config.CASEWARD_HOME_NAME,
    module: PartnerSiteModule.with({ triage: new Triage(config, request), config, render }),
    render,
    cookiePrefix: `partner-${config.CASEWARD_HOME_NAME}`,
    logLevel: config.LOG_LEVEL,
    cookieSecret: config.SESSION_SECRET,
    secureCookies: config.SECURE_COOKIES === 'yes',
    staleForm: ({ body }, reply) =>
      showForm({ reply, render, phone: config.SAFEGUARDING_PHONE }, readTyped(body), { status: 403, errors: [], trouble: 'stale' }),
  });
}
