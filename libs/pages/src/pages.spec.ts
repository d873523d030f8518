import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { compileStyles } from '../styles/compile.js';
import { csv } from './csv.js';
import { pagination } from './pagination.js';
import { projectRoot } from './project-root.js';
import { renderer } from './renderer.js';
import { ServiceClient, ServiceUnavailable } from './service-client.js';
import { parseEnvironment, siteEnvironment } from './site-config.js';

describe('the styles', () => {
  const kept = readFileSync(`${projectRoot}/libs/pages/styles/caseward.css`, 'utf8');
  it('are those that their source comes to', () => expect(kept).toBe(compileStyles()));
  it('bring neither the typeface nor the files of another organisation', () => expect(kept).not.toMatch(/GDS Transport|url\(/));
});

describe('a page', () => {
  const page = renderer('staff-site', { name: 'Staff', navigation: [] })('problem.njk', { title: '<script>', lines: ['a & b'] });
  it('shows what it is given as text', () => {
    expect(page).toContain('<h1 class="govuk-heading-l">&lt;script&gt;</h1>');
    expect(page).toContain('a &amp; b');
  });
  it('carries no script and no style of its own', () => expect(page).not.toMatch(/<script|<style|style=/));
});

describe('a CSV file', () => {
  it('ASVS 5.0 V1.2.10, V1.3.3, check 3: makes harmless what a spreadsheet would run', () =>
    expect(csv(['a'], [['=1+1'], ['+44'], ['-x'], ['@x'], [-1], [null]])).toBe("\uFEFFa\r\n'=1+1\r\n'+44\r\n'-x\r\n'@x\r\n-1\r\n\r\n"));
});

describe('the links below a list', () => {
  it('are the first, the last and those around this one', () => {
    const { items, previous, next } = pagination(5, 9, (page) => `?page=${page}`);
    expect(items.map((item) => ('number' in item ? item.number : '…'))).toEqual([1, '…', 4, 5, 6, '…', 9]);
    expect([previous?.href, next?.href]).toEqual(['?page=4', '?page=6']);
  });
});

describe('asking a service', () => {
  const asking = (answer: () => Promise<Response>) => new ServiceClient({ service: 'triage', url: 'http://triage.test', fetch: answer });
  const shape = z.object({ total: z.number() });
  it.each([
    ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
    ['fails', async () => Response.json({}, { status: 500 })],
    ['answers in another shape', async () => Response.json({ total: 'many' })],
    ['answers no JSON', async () => new Response('<html>')],
  ])('that %s ends in one kind of error', (_what, answer) =>
    expect(asking(answer).get('/queue', {}, shape)).rejects.toThrow(ServiceUnavailable));
  it('is led on to nobody else', async () => {
    const elsewhere = createServer((_request, response) => void response.writeHead(307, { location: 'http://127.0.0.1:9/queue' }).end());
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const client = new ServiceClient({ service: 'triage', url: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}` });
    const told = await client.post('/concerns', { worry: 'somebody’s' }).catch((error: ServiceUnavailable) => error);
    elsewhere.close();
    expect(String(((told as ServiceUnavailable).cause as Error).cause)).toContain('redirect');
  });
  it('gives what was agreed, and nothing for what is not there', async () => {
    await expect(asking(async () => Response.json({ total: 1, more: 2 })).get('/queue', {}, shape)).resolves.toEqual({ total: 1 });
    await expect(asking(async () => Response.json({}, { status: 404 })).find('/x', shape)).resolves.toBeUndefined();
  });
});

describe('the settings', () => {
  it('name what is missing and show no value', () =>
    expect(() => parseEnvironment(siteEnvironment, { PORT: '3000', SESSION_SECRET: 'short' })).toThrow(/^these settings are missing or wrong: SESSION_SECRET$/));
  it('hold the cookies of a site to TLS where it is reached over TLS', () => {
    const told = { PORT: '3000', SESSION_SECRET: 'a secret for tests, and long enough', SITE_URL: 'https://staff.example' };
    const shape = { ...siteEnvironment, SITE_URL: z.url() };
    expect(() => parseEnvironment(shape, told)).toThrow(/wrong: SECURE_COOKIES$/);
    expect(parseEnvironment(shape, { ...told, SECURE_COOKIES: 'yes' })).toMatchObject({ SITE_URL: told.SITE_URL });
    expect(parseEnvironment(shape, { ...told, SITE_URL: 'http://127.0.0.1:3000' })).toMatchObject({ SECURE_COOKIES: 'no' });
  });
});
