import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createSite, renderer } from '#libs/pages';
import type { Config } from './config.js';
import { LondonToday, Services, type Today } from './outside.js';
import { paths } from './paths.js';
import { StaffSiteModule } from './staff-site.module.js';

const frame = {
  name: 'Staff',
  navigation: [
    { text: 'Board report', href: paths.board() },
    { text: 'Queues', href: paths.queues() },
    { text: 'Imports', href: paths.quarantine() },
  ],
  notice: 'No sign-in yet: this runs for trying out, on this machine alone, with invented staff.',
};

/** The staff site; a test brings its own services and its own day. */
export function createStaffSite(
  config: Config,
  outside: { fetch?: typeof fetch; today?: Today } = {},
): Promise<NestFastifyApplication> {
  const render = renderer('staff-site', frame);
  const services = new Services(config, outside.fetch);
  const today = outside.today ?? new LondonToday(config.BOARD_AS_OF);
  return createSite({
    name: 'staff-site',
    home: config.CASEWARD_HOME_NAME,
    module: StaffSiteModule.with({ services, today, render }),
    render,
    cookiePrefix: `staff-${config.CASEWARD_HOME_NAME}`,
    logLevel: config.LOG_LEVEL,
    cookieSecret: config.SESSION_SECRET,
    secureCookies: config.SECURE_COOKIES === 'yes',
  });
}
