import { jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TestIssuer } from '#libs/testing';
import { createPartnerSite } from './app.js';
import { readConfig } from './config.js';

const environment = { PORT: '0', LOG_LEVEL: 'silent', TRIAGE_URL: 'http://triage.test', SESSION_SECRET: 'a secret for tests, and long enough', SITE_URL: 'http://127.0.0.1:3000', DATABASE_APP_URL: 'postgresql://nobody@127.0.0.1:9/none' };
const asPublic = (authority: string) => async () => ({ authorization: `Bearer of-the-public-${authority}` });
const taken = { id: 'c1', reference: 'SC-2026-000123', missing: ['person_date_of_birth'] };
const triage = jest.fn<typeof fetch>();
const answers = (body: object, status = 201) => triage.mockImplementation(async () => Response.json(body, { status }));
let site: NestFastifyApplication;
let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await TestIssuer.start();
  site = await createPartnerSite(readConfig({ ...environment, ...issuer.environment }), { fetch: triage, asPublic, door: async () => {} });
  await site.init();
  await site.getHttpAdapter().getInstance().ready();
});
afterAll(() => (issuer.close(), site.close()));
beforeEach(() => {
  triage.mockReset();
  answers(taken);
});

const worried = { worry: 'She is "afraid" & <alone>', given_name: 'Ada', dob_day: '31', dob_month: '3', dob_year: '1941' };

describe('raising a concern', () => {
  it('says first what to do when somebody is in danger', async () => {
    const { payload } = await site.inject({ url: '/' });
    expect(payload.replaceAll(/<[^>]+>/g, ' ')).toMatch(/Is somebody in danger now\?\s+Call\s+999/);
  });
  it('sends what was typed, under the key of the form, and shows the reference', async () => {
    const { reply, cookies, key } = await send(worried);
    expect(reply.statusCode).toBe(303);
    const [, init] = triage.mock.calls[0] ?? [];
    expect(init?.headers).toMatchObject({ 'idempotency-key': key, authorization: 'Bearer of-the-public-E06000062' });
    expect(JSON.parse(String(init?.body))).toMatchObject({ channel: 'online', authority: 'E06000062', worry: worried.worry, person: { givenName: 'Ada', dateOfBirth: '1941-03-31' } });
    const receipt = await site.inject({ url: String(reply.headers.location), cookies: { ...cookies, ...cookiesOf(reply) } });
    expect(receipt.payload).toContain('SC-2026-000123');
    expect(receipt.payload).toContain('their date of birth');
  });
  it('keeps every name out of the address of the receipt', async () => {
    const { reply } = await send(worried);
    expect(reply.headers.location).toBe('/concerns/receipt');
  });
  it('sends the same key when the form is sent twice', async () => {
    const form = await open();
    await post(form, worried);
    await post(form, worried);
    const keys = triage.mock.calls.map(([, init]) => new Headers(init?.headers).get('idempotency-key'));
    expect(new Set(keys)).toEqual(new Set([form.key]));
  });
  it('shows no receipt to a cookie that was forged', async () => {
    const forged = Buffer.from(JSON.stringify({ reference: 'X', missing: [] })).toString('base64url');
    const reply = await site.inject({ url: '/concerns/receipt', cookies: { 'partner-caseward-receipt': forged } });
    expect(reply.headers.location).toBe('/');
  });
});

describe('a form that cannot be sent', () => {
  it('comes back with its values and its errors linked to fields', async () => {
    const { reply } = await send({ given_name: 'Ada' });
    expect(reply.statusCode).toBe(400);
    expect(reply.payload).toContain('href="#worry"');
    expect(reply.payload).toContain('value="Ada"');
    expect(triage).not.toHaveBeenCalled();
  });
  it('comes back with everything typed and a telephone number when triage is away', async () => {
    triage.mockRejectedValue(new TypeError('fetch failed'));
    const { reply, key } = await send(worried);
    expect(reply.statusCode).toBe(503);
    expect(reply.payload).toContain('01632 960 999');
    expect(reply.payload).toContain('She is &quot;afraid&quot; &amp; &lt;alone&gt;');
    expect(reply.payload).toContain(key);
  });
  it('comes back with everything typed when its token has run out', async () => {
    const reply = await site.inject({ method: 'POST', url: '/concerns/new', payload: encoded(worried), headers: formHeaders });
    expect(reply.statusCode).toBe(403);
    expect(reply.payload).toContain('value="Ada"');
    expect(triage).not.toHaveBeenCalled();
  });
  it.each(['cross-site', 'same-site'])('is not so much as shown again where a browser says that another site sends it: %s', async (from) => {
    const { csrf, key, cookies } = await open();
    const sent = { method: 'POST', url: '/concerns/new', cookies, headers: { ...formHeaders, 'sec-fetch-site': from } } as const;
    for (const token of [csrf, 'stale']) {
      const reply = await site.inject({ ...sent, payload: encoded({ _csrf: token, idempotency_key: key, ...worried }) });
      expect([reply.statusCode, reply.payload.includes('Nothing was changed'), reply.payload.includes('Ada')]).toEqual([403, true, false]);
    }
    expect(triage).not.toHaveBeenCalled();
  });
  it('gets a key of its own when it was sent before with other answers', async () => {
    answers({ code: 'idempotency/key-reused' }, 422);
    const { reply, key } = await send(worried);
    expect(reply.statusCode).toBe(409);
    expect(reply.payload).not.toContain(key);
    expect(reply.payload).toContain('You have sent this form before');
  });
});

describe('ASVS 5.0 V3.4: the headers of every answer', () => {
  const tries = [
    [200, { url: '/' }], [200, { url: '/ping' }], [200, { url: '/assets/icon.svg' }], [302, { url: '/concerns' }], [404, { url: '/nowhere' }],
    [403, { method: 'POST', url: '/concerns/new', payload: {} }], [400, { method: 'POST', url: '/concerns/new', payload: '{', headers: { 'content-type': 'application/json' } }],
    [415, { method: 'POST', url: '/concerns/new', payload: 'x', headers: { 'content-type': 'text/x' } }], [404, { method: 'TRACE', url: '/' }],
  ] as const;

  it.each(tries)('forbid scripts, framing, keeping, guessing and telling where one came from: %d', async (status, asked) => {
    const { statusCode, headers } = await site.inject(asked as never);
    expect(statusCode).toBe(status);
    for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) expect(headers['content-security-policy']).toContain(rule);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|script-src|\*/);
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin',
    });
    // What leads elsewhere has no content.
    expect(headers['content-type'] ?? 'none; charset=utf-8').toMatch(/; charset=utf-8$/i);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' };
const encoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
type Reply = Awaited<ReturnType<NestFastifyApplication['inject']>>;
const cookiesOf = (reply: Reply) => Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]));

async function open() {
  const page = await site.inject({ url: '/concerns/new' });
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.payload)?.[1] ?? '';
  return { csrf: hidden('_csrf'), key: hidden('idempotency_key'), cookies: cookiesOf(page) };
}

function post({ csrf, key, cookies }: Awaited<ReturnType<typeof open>>, fields: Record<string, string>): Promise<Reply> {
  const payload = encoded({ _csrf: csrf, idempotency_key: key, ...fields });
  return site.inject({ method: 'POST', url: '/concerns/new', payload, cookies, headers: formHeaders });
}

async function send(fields: Record<string, string>) {
  const form = await open();
  return { ...form, reply: await post(form, fields) };
}
