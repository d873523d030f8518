import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { keepPace } from './keep-pace.js';
import { createSite } from './site.js';

@Module({})
class NoPages {}

const lines: object[] = [];
const render = (_template: string, model: object): string => JSON.stringify(model);
let site: NestFastifyApplication;
beforeAll(async () => {
  const parts = { name: 'a-site', cookiePrefix: 'a-site', cookieSecret: 'a secret for tests, and long enough', secureCookies: false, logLevel: 'silent' };
  site = await createSite({ ...parts, pagesAMinute: 1_000, home: 'here', module: { module: NoPages }, render, before: async (app) => {
      keepPace(app, { render, pagesAMinute: 2, log: { warn: (line: object) => lines.push(line) } as never });
      app.getHttpAdapter().getInstance().get('/concerns/:id', () => 'shown');
    } });
  await site.init();
  await site.getHttpAdapter().getInstance().ready();
});
afterAll(() => site.close());

describe('a page that somebody has to wait for', () => {
  it('is a line of the log, with the rule and the route, and nothing of who asked or for what', async () => {
    const statuses: number[] = [];
    for (let asked = 0; asked < 4; asked += 1) statuses.push((await site.inject({ url: '/concerns/0190c1d2?name=Inventa', remoteAddress: '192.0.2.1' })).statusCode);
    expect(statuses).toEqual([200, 200, 429, 429]);
    expect(lines).toEqual([0, 1].map(() => ({ kind: 'refused', rule: 'pace', status: 429, route: '/concerns/:id' })));
  });
});
