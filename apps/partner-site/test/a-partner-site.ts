import { afterAll, beforeEach, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Visitor } from '#libs/pages';
import { Browser, doorFor, formWith, type Seen, TestIssuer } from '#libs/testing';
import { createPartnerSite } from '../src/app.js';
import { readConfig } from '../src/config.js';
import type { DraftRows } from '../src/draft/draft-rows.js';
import { MemoryRows } from './memory-rows.js';

export const siteUrl = 'http://127.0.0.1:3998';
export const taken = { id: 'c1', reference: 'SC-2026-000123', missing: ['person_date_of_birth'] };

export const siteSecret = 'a secret for tests, and long enough';
const told = { PORT: '0', LOG_LEVEL: 'silent', TRIAGE_URL: 'http://triage.test', SESSION_SECRET: siteSecret, CASEWARD_HOME_NAME: 'here', SITE_URL: siteUrl, PAGES_A_MINUTE: '3000' };
const start = Date.parse('2026-07-01T09:00:00Z');
const nowhere = 'postgresql://nobody@127.0.0.1:9/none';

/** Somebody invented who works for a partner in the west. */
export const partner = (id = 'staff-partner-1'): Visitor => ({ id, name: 'Somebody invented', roles: ['partner'], authority: 'E06000062', proof: { authorization: `Bearer of-${id}` } });

/** The partner site in a test; the triage service is the test's, and so are the time and who is signed in. */
export class APartnerSite {
  now = start;
  visitor: Visitor | undefined;
  readonly triage = jest.fn<typeof fetch>();
  /** For which organisation triage says that somebody signs in. */
  organisation: { name: string; type: string } | null = null;

  private constructor(private readonly issuer: TestIssuer) {}

  private site!: NestFastifyApplication;
  private forwarded: Record<string, string> = {};

  /** `hasDoor`: with the site's own signing in and sessions. `isSecure`: as it is behind a proxy that speaks TLS. */
  static async start(given: ({ draftRows: DraftRows } | { databaseUrl: string; hasDoor?: true }) & { isSecure?: true }): Promise<APartnerSite> {
    const issuer = await TestIssuer.start();
    const made = new APartnerSite(issuer);
    const databaseUrl = 'databaseUrl' in given ? given.databaseUrl : nowhere;
    made.forwarded = given.isSecure ? { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' } : {};
    made.site = await createPartnerSite(readConfig({ ...told, ...issuer.environment, DATABASE_APP_URL: databaseUrl, ...(given.isSecure ? { SECURE_COOKIES: 'yes' } : {}) }), {
      fetch: ((url, init) => (String(url).endsWith('/concerns/referrer') ? Promise.resolve(Response.json({ organisation: made.organisation })) : made.triage(url, init))) as typeof fetch,
      asPublic: (authority) => async () => ({ authorization: `Bearer of-the-public-${authority}` }),
      ...('hasDoor' in given ? {} : { door: doorFor(() => made.visitor) }),
      now: () => made.now,
      ...('draftRows' in given && given),
    });
    await made.site.init();
    await made.site.getHttpAdapter().getInstance().ready();
    return made;
  }

  /** Before each test: triage takes what it is sent, nobody is signed in, and it is the first morning. */
  reset(): void {
    this.now = start;
    this.visitor = undefined;
    this.organisation = null;
    this.triage.mockReset();
    this.answers(taken, 201);
  }

  answers(body: object, status: number): void {
    this.triage.mockImplementation(async () => Response.json(body, { status }));
  }

  /** What triage was sent, each time. */
  get raised(): { body: Record<string, unknown>; headers: Headers }[] {
    return this.triage.mock.calls.map(([, init]) => ({ body: JSON.parse(String(init?.body)) as Record<string, unknown>, headers: new Headers(init?.headers) }));
  }

  browser = (): Browser => new Browser(siteUrl, this.site, this.forwarded);
  get = (browser: Browser, path: string): Promise<Seen> => browser.open(`${siteUrl}${path}`);
  inject: NestFastifyApplication['inject'] = ((...given: []) => this.site.inject(...given)) as NestFastifyApplication['inject'];

  /** Opens the page with a form, and sends that form with what is hidden in it. */
  async send(browser: Browser, path: string, fields: Record<string, string> = {}, to = path): Promise<Seen> {
    const { text } = await this.get(browser, path);
    return browser.open(`${siteUrl}${to}`, { form: { ...hiddenIn(text), ...fields } });
  }

  /** Sends the form of a page with a file, or with none; `page`: as it was opened before. */
  async sendFile(browser: Browser, path: string, chosen?: { name: string; content: string }, page?: Seen) {
    const { text } = page ?? (await this.get(browser, path));
    const cookie = [...browser.jar.get(siteUrl)!].map(([name, value]) => `${name}=${value}`).join('; ');
    const { payload, headers } = formWith(hiddenIn(text), chosen);
    return this.inject({ method: 'POST', url: path, payload, headers: { ...headers, cookie } });
  }

  /** Answers a step, and gives the page that it leads to. */
  answer = (browser: Browser, step: string, fields: Record<string, string> = {}): Promise<Seen> => this.send(browser, `/concerns/new/${step}`, fields);

  async close(): Promise<void> {
    this.issuer.close();
    await this.site.close();
  }
}

/** What a page's forms hold that nobody sees. */
export const hiddenIn = (text: string): Record<string, string> => Object.fromEntries([...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!]));

export const person = { given_name: 'Ada', dob_day: '31', dob_month: '3', dob_year: '1941' };
export const worry = 'She is "afraid" & <alone>';

/** Sends a step as it is given, with nothing of a page. */
const post = (browser: Browser, step: string, form: Record<string, string>): Promise<Seen> => browser.open(`${siteUrl}/concerns/new/${step}`, { form });

/** The partner site for all tests of a file, its drafts in memory; each test finds it as on its first morning. */
export async function aPartnerSite(given: { isSecure?: true } = {}) {
  const rows = new MemoryRows();
  const site = await APartnerSite.start({ draftRows: rows, ...given });
  afterAll(() => site.close());
  beforeEach(() => {
    rows.rows.clear();
    rows.isAway = false;
    site.reset();
  });
  /** A browser in which enough has been answered to send it. */
  const ready = async (browser = site.browser()): Promise<Browser> => {
    await site.answer(browser, 'person', person);
    await site.answer(browser, 'what-happened', { worry });
    return browser;
  };
  const send = (browser: Browser): Promise<Seen> => site.send(browser, '/concerns/new/check');
  /** The page on which answers are checked. */
  const answers = async (browser: Browser): Promise<string> => (await site.get(browser, '/concerns/new/check')).text;
  return { site, rows, ready, send, post, answers };
}

/** The path of a page without its query. */
export const pathOf = ({ url }: Seen): string => new URL(url).pathname;
