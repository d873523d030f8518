import { jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { doorFor, TestIssuer } from '#libs/testing';
import { createStaffSite } from '../app.js';
import { readConfig } from '../config.js';
import { LondonToday } from '../outside.js';

const environment = {
  PORT: '0',
  LOG_LEVEL: 'silent',
  SESSION_SECRET: 'a secret for tests, and long enough',
  ...Object.fromEntries(['PEOPLE', 'TRIAGE', 'SECTION42', 'DOLS', 'METRICS'].map((name) => [`${name}_URL`, `http://${name.toLowerCase()}.test`])),
  SITE_URL: 'http://127.0.0.1:3001',
  DATABASE_APP_URL: 'postgresql://nobody@127.0.0.1:9/none',
};
const visitor = { name: 'Somebody invented', roles: ['data_manager'], authority: 'E06000062', proof: { authorization: 'Bearer of-somebody' } };
const id = '0190c1d2-0000-4000-8000-0000000000a1:v1';
const path = `/messages/people/${encodeURIComponent(id)}`;
const letter = { id, stream: 'triage', streamSequence: 7, type: 'safeguarding.concern.received.v1', errorClass: 'ZodError', attempts: 8, setAsideAt: '2026-07-01T09:00:00.000000Z' };
const opened = { ...letter, foundIn: 'stream', contract: { subject: '0190c1d2-0000-4000-8000-0000000000b2', data: { channel: 'online' } } };

describe('messages that were set aside', () => {
  const services = jest.fn<typeof fetch>();
  let site: NestFastifyApplication;
  let issuer: TestIssuer;
  let resent: () => Response;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    site = await createStaffSite(readConfig({ ...environment, ...issuer.environment }), { door: doorFor(visitor), fetch: services, today: new LondonToday() });
    await site.init();
    await site.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => (issuer.close(), site.close()));
  beforeEach(() => {
    services.mockReset();
    resent = () => Response.json({ id, outcome: 'taken', errorClass: null, attempts: 9, whatToDo: 'Nothing: it was taken.' });
    services.mockImplementation(async (input) => {
      const { host, pathname } = new URL(String(input));
      if (host !== 'people.test') return Response.json({ items: [], total: 0, pageSize: 50 });
      if (pathname.endsWith('/resend')) return resent();
      return pathname === '/dead-letters' ? Response.json({ items: [letter], total: 1, pageSize: 50 }) : Response.json(opened);
    });
  });

  const get = (url: string) => site.inject({ url });
  async function sendAgain(fields: Record<string, string>) {
    const page = await get(path);
    const hidden = Object.fromEntries(['_csrf', 'key'].map((name) => [name, new RegExp(`name="${name}" value="([^"]+)"`).exec(page.payload)?.[1] ?? '']));
    return site.inject({
      method: 'POST',
      url: path,
      payload: new URLSearchParams({ ...hidden, ...fields }).toString(),
      cookies: Object.fromEntries(page.cookies.map(({ name, value }) => [name, value])),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  it('are listed, service by service', async () => {
    expect((await get('/messages')).payload).toContain('No message waits with metrics.');
    const { payload } = await get('/messages?service=people');
    for (const text of ['1 message could not be handled by people', 'safeguarding.concern.received.v1', 'ZodError', path]) expect(payload).toContain(text);
  });

  it('are shown with what they say, in the name of whoever is signed in', async () => {
    const { payload } = await get(path);
    expect(payload).toContain('&quot;channel&quot;: &quot;online&quot;');
    expect(services.mock.calls[0]?.[1]?.headers).toMatchObject({ authorization: 'Bearer of-somebody' });
  });

  it('are sent again with a reason, once for a form', async () => {
    const reply = await sendAgain({ reason: 'mended' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/messages?service=people&taken=true']);
    const [, init] = services.mock.calls.at(-1)!;
    expect([init?.body, init?.headers]).toEqual(['{"reason":"mended"}', expect.objectContaining({ 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) })]);
    expect((await get('/messages?service=people&taken=true')).payload).toContain('The message was taken by people.');
  });

  it('are not sent without one', async () => {
    const reply = await sendAgain({ reason: ' ' });
    expect(reply.statusCode).toBe(400);
    expect(reply.payload).toContain('href="#reason"');
    expect(services.mock.calls.some(([input]) => String(input).endsWith('/resend'))).toBe(false);
  });

  it('say what to do where they fail again', async () => {
    resent = () => Response.json({ id, outcome: 'failed_again', errorClass: 'ZodError', attempts: 9, whatToDo: 'Bring this service up to date.' });
    const reply = await sendAgain({ reason: 'a try' });
    expect(reply.statusCode).toBe(422);
    for (const text of ['It failed again (ZodError). Bring this service up to date.', '>a try</textarea>']) expect(reply.payload).toContain(text);
  });

  it('stay where the service is away', async () => {
    resent = () => Response.json({}, { status: 503 });
    expect((await sendAgain({ reason: 'a try' })).statusCode).toBe(503);
  });

  it('of another service than there is are not found', async () => expect((await get('/messages/nonsense/1')).statusCode).toBe(404));
});
