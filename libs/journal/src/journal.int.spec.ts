import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000 } from '../test/counting.js';
import { genesis, linkHash } from './chain.js';
import { connectClient, type Context, Conflict, dataSource, forgetOldKeys, KeyReused, migrate, Narrative, NotFound, once, Records, Vault, Words } from './index.js';

const at = '2026-06-01T09:00:00.000000Z';
const context: Context = { authority: 'E06000062', actor: 'officer-1', recordedAt: '2026-06-01T09:00:01.123456Z' };
const vault = new Vault('triage', Buffer.alloc(32, 7));
const narrative = new Narrative(vault);
const records = new Records(countingSlice, narrative);

let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.close();
});

const count = (recordId: string, expected?: number) =>
  source.transaction((tx) =>
    records.handle(tx, { recordId, command: { type: 'Count', at }, context, ...(expected === undefined ? {} : { expected }) }),
  );

describe('a connection of its own', () => {
  it('outlives that the server ends its session, and says so to whoever asks it next', async () => {
    const client = await connectClient({ url: database.url('triage', 'maintain'), name: 'ended' });
    const owner = await connectClient({ url: database.ownerUrl, name: 'owner' });
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ended'`);
    await owner.end();
    await expect(client.query('select 1')).rejects.toThrow(/terminat|not queryable|closed/);
  });
});

describe('telling a record’s story', () => {
  it('keeps every event in order, with the read table beside it', async () => {
    const id = randomUUID();
    await count(id);
    await count(id);
    const { sequence, state } = await source.transaction((tx) => records.get(tx, id, 'E06000062'));
    expect({ sequence, state }).toEqual({ sequence: 2, state: 2 });
    expect(await source.query('select count from tally where id = $1', [id])).toEqual([{ count: 2 }]);
  });

  it('tells the slower of two who are taken together what the faster changed', async () => {
    const recordId = randomUUID();
    await count(recordId);
    const asked = ['officer-1', 'officer-2'].map((actor) => ({ recordId, expected: 1, command: { type: 'Count' as const, at }, context: { ...context, actor } }));
    const [, slower] = await source.transaction((tx) => records.takeEach(tx, asked, { isRefusal: (error) => error instanceof Conflict }));
    expect(slower).toMatchObject({ refused: { sequence: 2, changes: [{ actor: 'officer-1' }] } });
  });

  it('takes several commands for one record in their order', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await count(id);
    const requests = [id, other, id].map((recordId) => ({ recordId, command: { type: 'Count' as const, at }, context }));
    const results = await source.transaction((tx) => records.handleAll(tx, requests));
    expect(results.map(({ sequence, state, events }) => ({ sequence, state, events: events.map((event) => event.sequence) }))).toEqual([
      { sequence: 2, state: 2, events: [2] }, { sequence: 1, state: 1, events: [1] }, { sequence: 3, state: 3, events: [3] },
    ]);
    expect(await source.query('select count from tally where id = $1', [id])).toEqual([{ count: 3 }]);
    expect((await source.transaction((tx) => records.story(tx, id))).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('keeps a record nobody’s that was nobody’s at first, whoever adds to it', async () => {
    const id = randomUUID();
    const by = (authority: string | null) => ({ recordId: id, command: { type: 'Count' as const, at }, context: { ...context, authority } });
    await source.transaction((tx) => records.handleAll(tx, [by(null), by('E06000062'), by('E06000061')]));
    await source.transaction((tx) => records.handleAll(tx, [by('E06000061'), by('E06000062')]));
    const rows = await source.query('select authority from journal where record_id = $1 order by sequence', [id]);
    expect(rows.map((row: { authority: string | null }) => row.authority)).toEqual([null, 'E06000062', 'E06000061', 'E06000061', 'E06000062']);
  });

  it('keeps times to the microsecond', async () => {
    const id = randomUUID();
    await count(id);
    const [event] = await source.transaction((tx) => records.story(tx, id));
    expect(event).toMatchObject({ recordedAt: '2026-06-01T09:00:01.123456Z', event: { at } });
  });

  it('links each row to the one before it', async () => {
    const id = randomUUID();
    await count(id);
    await source.transaction((tx) => records.handleAll(tx, [1, 2].map(() => ({ recordId: id, command: { type: 'Count' as const, at }, context }))));
    const rows = await source.query('select * from journal where record_id = $1 order by sequence', [id]);
    let hash = genesis;
    for (const row of rows) {
      hash = linkHash(hash, {
        id: row.id, recordId: id, sequence: row.sequence, contractSequence: row.contract_sequence, type: row.type, authority: row.authority,
        occurredAt: row.occurred_at, recordedAt: row.recorded_at, actor: row.actor, data: row.data, traceparent: null, causationId: null,
      });
      expect(row.hash).toEqual(hash);
    }
  });

  it('gives a record’s published events a sequence of their own', async () => {
    const id = randomUUID();
    for (let n = 0; n < 3; n += 1) await count(id);
    const rows = await source.query('select contract_sequence from journal where record_id = $1 order by sequence', [id]);
    expect(rows.map((row: { contract_sequence: number | null }) => row.contract_sequence)).toEqual([1, null, 2]);
  });

  it('lets nobody change or remove a row', async () => {
    await count(randomUUID());
    const owner = await dataSource({ url: database.ownerUrl, name: 'owner' }).initialize();
    for (const sql of [`update triage.journal set actor = 'x'`, 'delete from triage.journal', 'truncate triage.journal cascade']) {
      await expect(owner.query(sql)).rejects.toThrow('never changed or removed');
      await expect(source.query(sql.replace('triage.', ''))).rejects.toThrow(/permission denied|must be owner/);
    }
    await owner.destroy();
  });

  it('ASVS 5.0 V2.3.3, check 6: does all of it or nothing', async () => {
    const id = randomUUID();
    await expect(
      source.transaction(async (tx) => {
        await records.handle(tx, { recordId: id, command: { type: 'Count', at }, context });
        throw new Error('the power went');
      }),
    ).rejects.toThrow('the power went');
    await expect(source.transaction((tx) => records.get(tx, id, null))).rejects.toThrow(NotFound);
  });
});

describe('two people at once', () => {
  it('lets one of them through and tells the other that it has changed', async () => {
    const id = randomUUID();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => count(id, 0)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason)).toEqual(Array.from({ length: 7 }, () => expect.any(Conflict)));
  });

  it('says what has changed since a record was seen', async () => {
    const id = randomUUID();
    await count(id);
    await count(id);
    await expect(count(id, 1)).rejects.toMatchObject({ sequence: 2, changes: [{ type: 'Counted', actor: 'officer-1' }] });
  });

  it('finds no record that was seen and is not there', async () => {
    await expect(count(randomUUID(), 3)).rejects.toThrow(NotFound);
  });

  it('makes a command only where the record is there for whoever asks, as they saw it', async () => {
    const id = randomUUID();
    await count(id);
    const made: string[] = [];
    const ask = (more: { expected?: number; authority?: string; recordId?: string; isAdmitted?: boolean }) => {
      const { expected = 1, authority = 'E06000062', recordId = id, isAdmitted = true } = more;
      const make = async () => {
        made.push(JSON.stringify(more));
        return { type: 'Count' as const, at };
      };
      const admits = async () => {
        if (!isAdmitted) throw new NotFound('there is no such record');
      };
      return source.transaction((tx) => records.handle(tx, { recordId, make, expected, admits, context: { ...context, authority } }));
    };
    await expect(ask({ isAdmitted: false })).rejects.toThrow(NotFound);
    await expect(ask({ authority: 'E06000061' })).rejects.toThrow(NotFound);
    await expect(ask({ recordId: randomUUID() })).rejects.toThrow(NotFound);
    await expect(ask({ expected: 2 })).rejects.toThrow(Conflict);
    expect(made).toEqual([]);
    expect(await ask({})).toMatchObject({ sequence: 2 });
    expect(made).toHaveLength(1);
  });

  it('hides another authority’s record', async () => {
    const id = randomUUID();
    await count(id);
    const other = { ...context, authority: 'E06000061' };
    await expect(source.transaction((tx) => records.handle(tx, { recordId: id, command: { type: 'Count', at }, context: other }))).rejects.toThrow(NotFound);
    await expect(source.transaction((tx) => records.get(tx, id, 'E06000061'))).rejects.toThrow(NotFound);
  });
});

describe('sending the same request twice', () => {
  const ask = (key: string, request: unknown, work: () => Promise<object>) =>
    source.transaction((tx) => once({ tx, vault }, { client: 'officer-1', key, request }, work));

  it('does it once and gives the same reply, also when both come at the same moment', async () => {
    let done = 0;
    const work = async () => ({ n: (done += 1) });
    const replies = await Promise.all(Array.from({ length: 5 }, () => ask('a', { body: 1 }, work)));
    expect(done).toBe(1);
    for (const reply of replies) expect(reply).toEqual({ n: 1 });
  });

  it('refuses the same key for another request', async () => {
    await ask('b', { body: 1 }, async () => ({}));
    await expect(ask('b', { body: 2 }, async () => ({}))).rejects.toThrow(KeyReused);
  });

  it('keeps nothing from which a request could be guessed', async () => {
    await ask('d', { body: 'known' }, async () => ({}));
    const [row] = await source.query(`select request_hash from idempotency where key = 'd'`);
    expect(row.request_hash).not.toEqual(createHash('sha256').update('{"body":"known"}').digest());
    expect(row.request_hash).toEqual(vault.hmac('idempotency', '{"body":"known"}'));
  });

  it('forgets a key after 30 days', async () => {
    await ask('young', {}, async () => ({}));
    await ask('old', {}, async () => ({}));
    await source.query(`update idempotency set created_at = now() - interval '31 days' where key = 'old'`);
    await forgetOldKeys(source);
    expect(await source.query(`select key from idempotency where key in ('young', 'old')`)).toEqual([{ key: 'young' }]);
  });

  it('forgets a request that failed, so that it can be sent again', async () => {
    await expect(ask('c', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(ask('c', {}, async () => ({ n: 2 }))).resolves.toEqual({ n: 2 });
  });
});

describe('words', () => {
  it('lie encrypted beside the story, and read back as they were', async () => {
    const words = new Words(vault);
    const kept = words.keep('She said she was afraid.')!;
    const id = randomUUID();
    await source.transaction((tx) => records.handle(tx, { recordId: id, command: { type: 'Count', at }, context, words }));
    const [row] = await source.query('select cipher from narrative where text_id = $1', [kept.textId]);
    expect(row.cipher.includes('afraid')).toBe(false);
    expect(await source.transaction((tx) => narrative.read(tx, [kept.textId]))).toEqual(new Map([[kept.textId, 'She said she was afraid.']]));
  });

  it('are nothing when they are blank', () => {
    expect(new Words(vault).keep(' \n')).toBeNull();
  });
});
