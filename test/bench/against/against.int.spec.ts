import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import type { Ground } from '../bench.ts';
import { ConcernForms } from '../load/concern-forms.ts';
import { inDatabase } from '../plant/plain-database.ts';
import { Program } from '../plant/program.ts';
import { Boss } from './boss.ts';

let database: TestDatabase;
const undo: (() => unknown)[] = [];
const ground = { onEnd: (one: () => unknown) => void undo.push(one) } as unknown as Ground;
beforeEach(async () => (database = await testDatabase()));
afterEach(async () => {
  for (let one = undo.pop(); one; one = undo.pop()) await one();
  await database.close();
});

const start = (name: string, settings: Record<string, string>): Promise<Program> =>
  Program.start(ground, new URL(`${name}.ts`, import.meta.url), { DATABASE_URL: database.ownerUrl, ...settings });
const raise = (url: string): Promise<Response> => fetch(`${url}/concerns`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(new ConcernForms(1).next()) });
const rowsOf = (sql: string): Promise<unknown[]> => inDatabase(database.ownerUrl, async (client: Client) => (await client.query(sql)).rows);

describe('the smallest program that keeps a concern', () => {
  it('keeps as many bytes in as many rows as it is told, with what was said in the first', async () => {
    const plain = await start('plain-intake', { ROWS: '[2000,300,30]' });
    await plain.during(async () => {
      expect((await raise(plain.url)).status).toBe(201);
      expect((await raise(plain.url)).status).toBe(201);
    });
    expect(await rowsOf('select part, octet_length(bytes) as bytes, count(*)::int as n from kept group by 1, 2 order by 1')).toEqual([{ part: 0, bytes: 2000, n: 2 }, { part: 1, bytes: 300, n: 2 }, { part: 2, bytes: 30, n: 2 }]);
    expect(await rowsOf(`select count(*)::int as n from kept where part = 0 and position('worry'::bytea in bytes) > 0`)).toEqual([{ n: 2 }]);
  });

  it('stands still unless it is what is measured', async () => {
    const plain = await start('plain-intake', { ROWS: '[2000]' });
    let isAnswered = false;
    const asked = raise(plain.url).then(() => (isAnswered = true));
    await pause(300);
    expect(isAnswered).toBe(false);
    await plain.during(() => asked);
  });
});

describe('the line on pg-boss', () => {
  it('does every job of a concern, one after another, once', async () => {
    const boss = await Boss.start(ground, { databaseUrl: database.ownerUrl, steps: 3 });
    const forms = new ConcernForms(1);
    await boss.during(() => boss.take({ atOnce: 2, amount: 4, body: () => forms.next() }));
    expect(await rowsOf('select step, count(distinct id)::int as n from projected join posted using (id) group by step order by step')).toEqual([1, 2, 3].map((step) => ({ step, n: 4 })));
    expect(await rowsOf(`select state::text, count(*)::int as n from pgboss.job where name = 'told' group by 1`)).toEqual([{ state: 'completed', n: 12 }]);
  });
});
