import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000 } from '../test/counting.js';
import { Conflict, connectClient, dataSource, migrate, Narrative, once, Records, spoilsTransaction, transact, Vault, wentUnanswered, Words } from './index.js';
import { inOneGo, lastly } from './sight.js';

const at = '2026-06-01T09:00:00.000000Z';
const vault = new Vault('triage', Buffer.alloc(32, 7));
const narrative = new Narrative(vault);
const records = new Records(countingSlice, narrative);
let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test', size: 2, isForCommands: true }).initialize();
}, 60_000);
afterAll(async () => {
  await source.destroy();
  await database.close();
});

const count = async (recordId: string, isNew: boolean, ...said: string[]): Promise<string[]> => {
  const words = new Words(vault);
  const kept = said.map((text) => words.keep(text)!.textId);
  const context = { authority: 'E06000062', actor: null, recordedAt: at };
  await transact(source, { sight: 'every' }, (tx) => records.handle(tx, { recordId, isNew, words, command: { type: 'Count', at }, context }));
  return kept;
};
const read = (textIds: string[]) => transact(source, { sight: 'every' }, (tx) => narrative.read(tx, textIds));
const rowsOf = async (recordId: string): Promise<number> => (await source.query('select count(*) as n from journal where record_id = $1', [recordId]))[0].n;

describe('a connection for commands', () => {
  it('keeps what is said of a new record with its key, and more of it later', async () => {
    const recordId = randomUUID();
    const kept = [...(await count(recordId, true, 'one', 'two')), ...(await count(recordId, false, 'three'))];
    expect([...(await read(kept)).values()].toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('keeps nothing of what is said of a new record where that has a key already', async () => {
    const recordId = randomUUID();
    await transact(source, { sight: 'every' }, (tx) => narrative.keep(tx, [{ recordId, textId: randomUUID(), words: 'before' }]));
    await expect(count(recordId, true, 'after')).rejects.toThrow('record_key_pkey');
    expect(await rowsOf(recordId)).toBe(0);
  });

  it('keeps all that is taken in one go with the end of its transaction, or nothing of it', async () => {
    const recordId = randomUUID();
    const take = (said: string, actor: string | null = null) => {
      const words = new Words(vault);
      const textId = words.keep(said)!.textId;
      const context = { authority: 'E06000062', actor, recordedAt: at };
      const taken = transact(source, { sight: 'every' }, async (tx) =>
        records.takeEach(tx, [{ recordId, words, command: { type: 'Count', at }, context }], { isRefusal: () => false, known: await records.look(tx, [recordId]) }),
      );
      return { textId, taken };
    };
    for (const [sequence, said] of [[1, 'one'], [2, 'two']] as const) {
      const { textId, taken } = take(said);
      expect(await taken).toMatchObject([{ sequence, state: sequence }]);
      expect(await read([textId])).toEqual(new Map([[textId, said]]));
    }
    await expect(take('three', '\0').taken).rejects.toThrow('invalid byte sequence');
    expect(await rowsOf(recordId)).toBe(2);
  });

  it('refuses the second who tells of a record as new', async () => {
    const recordId = randomUUID();
    await count(recordId, true);
    await expect(count(recordId, true, 'words')).rejects.toThrow(Conflict);
    expect(await rowsOf(recordId)).toBe(1);
  });

  it('tells the slower of two who are taken together what the faster changed', async () => {
    const recordId = randomUUID();
    await count(recordId, true);
    const asked = ['officer-1', 'officer-2'].map((actor) => ({ recordId, expected: 1, command: { type: 'Count' as const, at }, context: { authority: 'E06000062', actor, recordedAt: at } }));
    const [, slower] = await transact(source, { sight: 'every' }, (tx) => records.takeEach(tx, asked, { isRefusal: (error) => error instanceof Conflict }));
    expect(slower).toMatchObject({ refused: { sequence: 2, changes: [{ at, actor: 'officer-1' }] } });
  });

  it('is shown one plan for all lists that are often asked for, and makes no other', async () => {
    const recordId = randomUUID();
    const kept = await count(recordId, true, 'words');
    const plans = await transact(source, { sight: 'every' }, async (tx) => {
      // PostgreSQL looks at five of its own first.
      for (let time = 0; time < 20; time += 1) {
        await narrative.read(tx, kept);
        await records.story(tx, recordId);
      }
      return tx.query<{ forAll: number }[]>(`select generic_plans as "forAll" from pg_prepared_statements where generic_plans + custom_plans >= 20`);
    });
    expect(plans.length).toBeGreaterThanOrEqual(2);
    for (const { forAll } of plans) expect(forAll).toBeGreaterThanOrEqual(15);
  });

  it('says what the first said that failed, and keeps nothing', async () => {
    const recordId = randomUUID();
    const failing = transact(source, { sight: 'every' }, async (tx) => {
      await records.handle(tx, { recordId, command: { type: 'Count', at }, context: { authority: 'E06000062', actor: null, recordedAt: at } });
      await inOneGo(tx, [() => tx.query('select 1'), () => tx.query('select 1 / 0'), () => tx.query('select 1')]);
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await rowsOf(recordId)).toBe(0);
    // The connection is as good as before.
    await count(recordId, true);
  });

  it('says what failed that nobody waited for, whatever was asked after it', async () => {
    const failing = transact(source, { sight: 'every' }, async (tx) => {
      await lastly(tx, tx.query('select 1 / 0'));
      await tx.query('select 1');
    });
    await expect(failing).rejects.toThrow('division by zero');
  });

  it('says of a session that ended between two statements that what comes next would fare no better', async () => {
    const recordId = randomUUID();
    const failing = transact(source, { sight: 'every' }, async (tx) => {
      await records.handle(tx, { recordId, command: { type: 'Count', at }, context: { authority: 'E06000062', actor: null, recordedAt: at } });
      const [{ pid }]: [{ pid: number }] = await tx.query('select pg_backend_pid() as pid');
      const owner = await connectClient({ url: database.ownerUrl, name: 'owner' });
      await owner.query('select pg_terminate_backend($1, 5000)', [pid]);
      await owner.end();
      await pause(100);
      await tx.query('select 1');
    });
    const error: unknown = await failing.catch((reason: unknown) => reason);
    expect([wentUnanswered(error), spoilsTransaction(error), await rowsOf(recordId)]).toEqual([true, true, 0]);
  });

  it('keeps nothing where the answer cannot be kept, which nobody waited for', async () => {
    const recordId = randomUUID();
    const asked = { client: 'somebody', key: randomUUID(), request: {} };
    const context = { authority: 'E06000062', actor: null, recordedAt: at };
    const failing = transact(source, { sight: 'every' }, (tx) =>
      once({ tx, vault }, asked, async () => {
        await records.handle(tx, { recordId, command: { type: 'Count', at }, context });
        return { unkept: '\0' };
      }),
    );
    await expect(failing).rejects.toThrow(/unicode|Unicode/);
    expect(await rowsOf(recordId)).toBe(0);
  });

  it('plans often asked statements once, and goes on when a table gets another column', async () => {
    const recordId = randomUUID();
    for (let n = 0; n < 8; n += 1) await count(recordId, false);
    const owner = await dataSource({ url: database.ownerUrl, name: 'owner' }).initialize();
    await owner.query('alter table triage.journal add column invented text');
    await count(recordId, false);
    await owner.query('alter table triage.journal drop column invented');
    await owner.destroy();
    await count(recordId, false);
    expect(await rowsOf(recordId)).toBe(10);
    const [planned] = await source.query('select count(*) as n from pg_prepared_statements');
    expect(planned.n).toBeGreaterThan(0);
  });
});
