import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrate } from '#libs/journal';
import { migrations } from '#libs/sign-in';
import { Browser, type Seen, type TestDatabase, testDatabase } from '#libs/testing';
import { createStaffSite } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { AProvider } from './a-provider.js';

export const siteUrl = 'http://127.0.0.1:3999';
const emptyQueue = { items: [], total: 0, page: 1, pageSize: 25, asOf: '2025-07-31T16:00:00.000000Z' };
const me = { id: 'staff-triage-1', roles: ['triage_officer'], authority: 'E06000062' };

/** The staff site with its real door, between a provider and a database; the services are the test's, and so is the time. */
export class ADoor {
  now = Date.now();
  readonly services = jest.fn<typeof fetch>();

  private constructor(
    readonly database: TestDatabase,
    readonly provider: AProvider,
    private readonly folder: string,
  ) {}

  site!: NestFastifyApplication;
  /** As it is behind a proxy that speaks TLS. */
  secureSite!: NestFastifyApplication;

  /** `told`: what the site is told besides. */
  static async start({ flavour = 'standard', told = {} }: { flavour?: 'standard' | 'entra'; told?: Record<string, string> } = {}): Promise<ADoor> {
    const [database, provider] = await Promise.all([testDatabase(), AProvider.start(siteUrl, flavour)]);
    const door = new ADoor(database, provider, mkdtempSync(join(tmpdir(), 'caseward-sign-in-')));
    await migrate({ url: database.url('staff_site', 'migrate'), schema: 'staff_site', migrations });
    [door.site, door.secureSite] = [await door.make({ ...told, OIDC_FLAVOUR: flavour }), await door.make({ ...told, OIDC_FLAVOUR: flavour, SECURE_COOKIES: 'yes' })];
    return door;
  }

  /** Before each test: everybody answers, and it is now. */
  reset(): void {
    this.now = Date.now();
    Object.assign(this.provider, { isRefusing: false, isAway: false });
    this.services.mockReset();
    this.services.mockImplementation(async (input) => Response.json(new URL(String(input)).pathname === '/me' ? me : emptyQueue));
  }

  browserAt = (of = this.site, forwarded = {}): Browser => new Browser(siteUrl, of, forwarded);
  at = (path: string): string => `${siteUrl}${path}`;
  cookieOf = (browser: Browser, name = 'staff-here-session'): string | undefined => browser.jar.get(siteUrl)?.get(name);

  async signIn(browser = this.browserAt(), to = '/queues/triage'): Promise<Seen> {
    const choosing = await browser.open(this.at(to));
    return browser.open(choosing.url, { form: { other: 'staff-triage-1' } });
  }

  async isSignedIn(browser: Browser): Promise<boolean> {
    const { url, status } = await browser.open(this.at('/queues/triage'), { stay: true });
    return status === 200 && url === this.at('/queues/triage');
  }

  async signOut(browser: Browser): Promise<Seen> {
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.open(this.at('/'))).text)![1]!;
    return browser.open(this.at('/sign-out'), { form: { _csrf: csrf }, stay: true });
  }

  async close(): Promise<void> {
    await Promise.all([this.site?.close(), this.secureSite?.close()]);
    this.provider.close();
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The site once more, told something else besides; its maker closes it. */
  async make(more: Record<string, string>): Promise<NestFastifyApplication> {
    const key = join(this.folder, 'key');
    writeFileSync(key, JSON.stringify(this.provider.key));
    const services = ['PEOPLE', 'TRIAGE', 'SECTION42', 'DOLS', 'METRICS', 'DIRECTORY'].map((name) => [`${name}_URL`, `http://${name.toLowerCase()}.test`]);
    const told = {
      PORT: '0', LOG_LEVEL: 'silent', SESSION_SECRET: 'a secret for tests, and long enough', CASEWARD_HOME_NAME: 'here', ...Object.fromEntries(services),
      SITE_URL: siteUrl, DATABASE_APP_URL: this.database.url('staff_site', 'app'), OIDC_ISSUER: this.provider.issuer, CLIENT_ID: 'staff-site', CLIENT_KEY_FILE: key,
    };
    const made = await createStaffSite(readConfig({ ...told, ...more }), { fetch: this.services, now: () => this.now });
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  }
}
