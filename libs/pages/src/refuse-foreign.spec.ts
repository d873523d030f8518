import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuseOtherOrigins } from './refuse-foreign.js';
import { createSite } from './site.js';

const home = 'https://here.example';

@Module({})
class NoPages {}

let site: NestFastifyApplication;
beforeAll(async () => {
  const parts = { name: 'a-site', cookiePrefix: 'a-site', cookieSecret: 'a secret for tests, and long enough', secureCookies: false, logLevel: 'silent' };
  site = await createSite({ ...parts, pagesAMinute: 1_000, home: 'here', module: { module: NoPages }, render: (_template, model) => JSON.stringify(model), before: async (app) => {
      refuseOtherOrigins(app, `${home}/`);
      app.getHttpAdapter().getInstance().get('/form', (_request, reply) => reply.generateCsrf());
      app.getHttpAdapter().getInstance().post('/form', () => 'taken');
    } });
  await site.init();
  await site.getHttpAdapter().getInstance().ready();
});
afterAll(() => site.close());

/** A form with the token of its page, as a browser says where it comes from. */
async function send(headers: Record<string, string>) {
  const form = await site.inject({ url: '/form' });
  const cookies = Object.fromEntries(form.cookies.map(({ name, value }) => [name, value]));
  return site.inject({ method: 'POST', url: '/form', payload: { _csrf: form.payload, worry: 'Thin' }, cookies, headers: { host: 'inside:3000', ...headers } });
}

describe('ASVS 5.0 V3.5.1: a form with its token', () => {
  it.each([
    ['this site', { origin: home }],
    ['the very host that was asked', { origin: 'http://inside:3000' }],
    ['a browser that says nothing of it', {}],
    ['a browser that keeps it to itself', { origin: 'null' }],
    ['a browser that keeps it to itself and says that it was this site', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ])('is taken from %s', async (_who, headers) => {
    expect(await send(headers)).toMatchObject({ statusCode: 200, payload: 'taken' });
  });

  it.each([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['another site that calls itself alike', { origin: 'https://here.example.elsewhere.example' }],
    ['another port', { origin: 'http://inside:3001' }],
    ['the same host in the open', { origin: 'http://here.example' }],
    ['another site that keeps it to itself', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['what is no address', { origin: 'x' }],
  ])('is refused unread from %s', async (_who, headers) => {
    const { statusCode, payload, cookies } = await send(headers);
    expect([statusCode, payload.includes('Thin'), cookies]).toEqual([403, false, []]);
  });
});
