import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Visitor } from '#libs/pages';
import { doorFor, formWith, TestIssuer } from '#libs/testing';
import { createStaffSite } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { LondonToday, type Today } from '../src/outside.js';

const environment = {
  PORT: '0',
  LOG_LEVEL: 'silent',
  SESSION_SECRET: 'a secret for tests, and long enough',
  ...Object.fromEntries(['PEOPLE', 'TRIAGE', 'SECTION42', 'DOLS', 'METRICS', 'DIRECTORY'].map((name) => [`${name}_URL`, `http://${name.toLowerCase()}.test`])),
  SITE_URL: 'http://127.0.0.1:3001',
  DATABASE_APP_URL: 'postgresql://nobody@127.0.0.1:9/none',
};

/** Somebody invented in the west who has this role. */
export const visitorAs = (role: string): Visitor => ({ id: 'staff-triage-1', name: 'Somebody invented', roles: [role], authority: 'E06000062', proof: { authorization: 'Bearer of-somebody' } });

/** What is typed into a form; several where boxes are ticked. */
export type Fields = Record<string, string | string[]>;

/** The site in a test: somebody is signed in, and the services are what the test says. */
export class AStaffSite {
  private constructor(
    private readonly site: NestFastifyApplication,
    private readonly issuer: TestIssuer,
  ) {}

  static async start({ visitor, services, today = new LondonToday(), now = Date.now }: { visitor: Visitor; services: typeof fetch; today?: Today; now?: () => number }): Promise<AStaffSite> {
    const issuer = await TestIssuer.start();
    const site = await createStaffSite(readConfig({ ...environment, ...issuer.environment }), { door: doorFor(visitor), fetch: services, today, now });
    await site.init();
    await site.getHttpAdapter().getInstance().ready();
    return new AStaffSite(site, issuer);
  }

  /** The cookies of the page opened last: one that answers a form sets them no more. */
  private cookies: Record<string, string> = {};

  async get(url: string) {
    const page = await this.site.inject({ url });
    this.cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
    return page;
  }

  /** Opens the page with a form, and sends that form with what is hidden in it. */
  async send(url: string, fields: Fields) {
    return this.sendFrom(await this.get(url), url, fields);
  }

  /** Sends a form of a page to where it leads. */
  sendFrom(page: Awaited<ReturnType<AStaffSite['get']>>, url: string, fields: Fields) {
    const hidden = [...page.payload.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!]);
    return this.site.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(pairs({ ...(Object.fromEntries(hidden) as Fields), ...fields })).toString(),
      cookies: { ...this.cookies, ...Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])) },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** Opens the page with a form, and sends that form with a file. */
  async sendFile(url: string, file?: { name: string; content: string }) {
    const page = await this.get(url);
    const hidden = [...page.payload.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!] as [string, string]);
    const form = formWith(Object.fromEntries(hidden), file);
    return this.site.inject({ method: 'POST', url, ...form, cookies: { ...this.cookies, ...Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])) } });
  }

  /** Sends something from elsewhere: no form of the site was opened for it. */
  forge = (url: string) => this.site.inject({ method: 'POST', url, payload: {} });

  async close(): Promise<void> {
    this.issuer.close();
    await this.site.close();
  }
}

const pairs = (fields: Fields): [string, string][] => Object.entries(fields).flatMap(([name, typed]) => [typed].flat().map((one): [string, string] => [name, one]));
