import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000, publish } from '../test/counting.js';
import { contractsAfter, type Context, dataSource, migrate, Records, settledUpTo, Unsettled } from './index.js';

const at = '2026-06-01T09:00:00.000000Z';
const context: Context = { authority: 'E06000062', actor: 'officer-1', recordedAt: at };
const records = new Records(countingSlice);

let database: TestDatabase;
let source: DataSource;
let maintain: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
  maintain = await dataSource({ url: database.url('triage', 'maintain'), name: 'maintain' }).initialize();
});
afterAll(async () => {
  await Promise.all([source.destroy(), maintain.destroy()]);
  await database.close();
});

/** A transaction that has told something and not committed it. */
async function writing(recordId: string): Promise<QueryRunner> {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await records.handle(runner.manager, { recordId, command: { type: 'Count', at }, context });
  return runner;
}

async function end(runner: QueryRunner, how: 'commit' | 'roll back'): Promise<void> {
  await (how === 'commit' ? runner.commitTransaction() : runner.rollbackTransaction());
  await runner.release();
}

const count = async (recordId: string): Promise<void> => end(await writing(recordId), 'commit');

const lastPosition = async (): Promise<number> => (await source.query('select max(position) as last from journal'))[0].last;

async function told(): Promise<string[]> {
  const subjects: string[] = [];
  for await (const { envelope } of contractsAfter(maintain, { service: 'triage', after: 0, publish, page: 2 })) subjects.push(envelope.subject);
  return subjects;
}

describe('what is settled', () => {
  it('is nothing where nothing was written', async () => {
    expect(await settledUpTo(maintain, 'read_audit')).toBe(0);
  });

  it('is everything where nobody writes', async () => {
    await count(randomUUID());
    expect(await settledUpTo(maintain)).toBe(await lastPosition());
  });

  it.each(['commit', 'roll back'] as const)('waits for whoever took an earlier position until they %s', async (how) => {
    const [slow, quick] = [randomUUID(), randomUUID()];
    const runner = await writing(slow);
    await count(quick);
    let isSettled = false;
    const settled = settledUpTo(maintain).finally(() => (isSettled = true));
    await pause(100);
    expect(isSettled).toBe(false);
    await end(runner, how);
    expect(await settled).toBe(await lastPosition());
  });

  it('does not wait for whoever began to write after it asked', async () => {
    const first = await writing(randomUUID());
    const settled = settledUpTo(maintain);
    await pause(50);
    const second = await writing(randomUUID());
    await end(first, 'commit');
    await settled;
    await end(second, 'commit');
  });

  it('gives up on a transaction that stays open', async () => {
    const runner = await writing(randomUUID());
    await expect(settledUpTo(maintain, 'journal', 50)).rejects.toThrow(Unsettled);
    await end(runner, 'roll back');
  });
});

describe('reading published contracts', () => {
  it('misses no event of a transaction that took its position earlier and commits later', async () => {
    const [late, early] = [randomUUID(), randomUUID()];
    const runner = await writing(late);
    await count(early);
    const subjects = told();
    await pause(50);
    await end(runner, 'commit');
    expect((await subjects).slice(-2)).toEqual([late, early]);
  });

  it('misses none whose transaction has the younger id and the older position either', async () => {
    const [late, early] = [randomUUID(), randomUUID()];
    const older = source.createQueryRunner();
    await older.startTransaction();
    await older.query('select pg_current_xact_id()');
    const younger = await writing(late);
    await records.handle(older.manager, { recordId: early, command: { type: 'Count', at }, context });
    await end(older, 'commit');
    const subjects = told();
    await pause(50);
    await end(younger, 'commit');
    expect((await subjects).slice(-2)).toEqual([late, early]);
  });
});
