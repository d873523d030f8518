import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TestIssuer } from '#libs/testing';
import { MemoryRows } from '../test/memory-rows.js';
import { createPartnerSite } from './app.js';
import { readConfig } from './config.js';

const environment = {
  PORT: '0', LOG_LEVEL: 'silent', TRIAGE_URL: 'http://triage.test', SESSION_SECRET: 'a secret for tests, and long enough', SITE_URL: 'http://127.0.0.1:3000',
  DATABASE_APP_URL: 'postgresql://nobody@127.0.0.1:9/none', PAGES_A_MINUTE: '20',
};
let site: NestFastifyApplication;
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  site = await createPartnerSite(readConfig({ ...environment, ...issuer.environment }), { fetch: async () => Response.json({}, { status: 503 }), asPublic: () => undefined, door: async () => {}, draftRows: new MemoryRows() });
  await site.init();
  await site.getHttpAdapter().getInstance().ready();
});
afterAll(() => (issuer.close(), site.close()));

describe('ASVS 5.0 V2.4.1: more from one address than a person sends', () => {
  it('ASVS 5.0 V2.4.1, check 8: is answered with how long to wait, while others are served', async () => {
    const pages = await Promise.all(Array.from({ length: 25 }, () => site.inject({ url: '/', remoteAddress: '192.0.2.1' })));
    expect(pages.map(({ statusCode }) => statusCode)).toEqual([...Array.from({ length: 20 }, () => 200), ...Array.from({ length: 5 }, () => 429)]);
    expect(Number(pages.at(-1)!.headers['retry-after'])).toBeGreaterThan(0);
    expect(pages.at(-1)!.payload).toMatch(/Wait \d+ seconds/);
    expect((await site.inject({ url: '/', remoteAddress: '192.0.2.2' })).statusCode).toBe(200);
  });

  it('never costs what was typed', async () => {
    const post = () => site.inject({ method: 'POST', url: '/concerns/new/what-happened', payload: new URLSearchParams({ worry: 'She is "afraid" & <alone>' }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, remoteAddress: '192.0.2.3' });
    const answers = await Promise.all(Array.from({ length: 21 }, post));
    expect(answers.at(-1)!.statusCode).toBe(429);
    expect(answers.at(-1)!.payload).toContain('value="She is &quot;afraid&quot; &amp; &lt;alone&gt;"');
    expect(answers.at(-1)!.payload).toMatch(/name="_csrf" value="[^"]+"/);
  });

  it('is no business of those who watch over the site', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => site.inject({ url: '/health', remoteAddress: '192.0.2.4' })));
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  });
});
