import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Answer, ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

const west = 'E06000062';
const partner = 'staff-partner-1';
const body = (more: object = {}): object => ({
  authority: west, worry: 'A worry. (Invented.)', person: { familyName: 'Inventedname' }, wishes: { asked: 'asked_and_expressed', words: 'To stay. (Invented.)' }, ...more,
});
const raise = (more: { key?: string; body?: object; as?: string } = {}): Promise<Answer> => triage.ask('POST', '/concerns', { as: partner, body: body(), ...more });
const idsOf = (answers: Answer[]): string[] => answers.map((answer) => answer.body['id'] as string);
const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status);
const times = <Made>(count: number, make: (nth: number) => Made): Made[] => Array.from({ length: count }, (_, nth) => make(nth));

/** What is kept of these concerns, and in how many transactions it came. */
async function keptOf(ids: string[]): Promise<Record<string, number>> {
  const [counted] = await triage.query<Record<string, number>>(
    `select (select count(*)::int from journal where record_id = any($1)) as events, (select count(distinct xmin::text)::int from journal where record_id = any($1)) as transactions,
            (select count(*)::int from concern where id = any($1)) as concerns, (select count(*)::int from narrative where record_id = any($1)) as texts,
            (select count(*)::int from record_key where record_id = any($1)) as keys`,
    [ids],
  );
  return counted!;
}

describe('concerns that come at the same time', () => {
  it('share a transaction, and each is kept whole under its own key and number', async () => {
    const answers = await Promise.all(times(20, () => raise({ key: randomUUID() })));
    expect(statuses(answers)).toEqual(times(20, () => 201));
    const { transactions, ...kept } = await keptOf(idsOf(answers));
    expect(kept).toEqual({ events: 40, concerns: 20, texts: 60, keys: 20 });
    expect(transactions).toBeLessThan(20);
    const { body: shown } = await triage.ask('GET', `/concerns/${idsOf(answers)[13]}/case`);
    expect(shown).toMatchObject({ id: idsOf(answers)[13], sequence: 2, wishes: 'asked_and_expressed' });
  });

  it('are taken once for a key, whoever sends it twice at the same moment', async () => {
    const key = randomUUID();
    const answers = await Promise.all([raise({ key }), raise({ key: randomUUID() }), raise({ key }), raise({ key }), raise({ key, body: body({ worry: 'Another. (Invented.)' }) })]);
    expect(statuses(answers)).toEqual([201, 201, 201, 201, 422]);
    const [first, other, second, third] = idsOf(answers);
    expect([second, third]).toEqual([first, first]);
    expect(other).not.toBe(first);
  });

  it('go each to their own authority', async () => {
    const answers = await Promise.all(times(12, (nth) => (nth % 3 === 0 ? raise({ as: 'staff-partner-north-1', body: body({ authority: 'E06000061' }) }) : raise())));
    expect(statuses(answers)).toEqual(times(12, () => 201));
    const rows = await triage.query<{ authority: string }>(`select authority from concern join unnest($1::uuid[]) with ordinality as asked (id, nth) using (id) order by nth`, [idsOf(answers)]);
    expect(rows.map(({ authority }) => authority)).toEqual(times(12, (nth) => (nth % 3 === 0 ? 'E06000061' : west)));
  });
});

describe('acts that come at the same time', () => {
  const assign = (id: string, more: { seen?: string; key?: string } = {}) => triage.ask('POST', `/concerns/${id}/assign`, { seen: '"1"', body: { to: officer }, ...more });

  it('are refused one by one: one that the rules forbid takes none of the others with it', async () => {
    const ids = await Promise.all(times(20, () => triage.raised()));
    const { etag: decided } = await triage.act(ids[7]!, 'triage', noFurtherAction);
    const answers = await Promise.all(ids.map((id, nth) => assign(id, { key: randomUUID(), ...(nth === 7 ? { seen: decided! } : {}) })));
    expect(answers[7]!.body).toMatchObject({ code: 'concern/not-awaiting-triage' });
    expect(statuses(answers)).toEqual(times(20, (nth) => (nth === 7 ? 409 : 200)));
    const [{ transactions }] = (await triage.query<{ transactions: number }>(`select count(distinct xmin::text)::int as transactions from journal where record_id = any($1) and type = 'ConcernAssigned'`, [ids])) as [{ transactions: number }];
    expect(transactions).toBeLessThan(19);
  });

  it('on one concern let one through, and tell the others that it has changed', async () => {
    const [id, other] = [await triage.raised(), await triage.raised()];
    const answers = await Promise.all([assign(id), triage.ask('POST', `/concerns/${id}/ask`, { seen: '"1"', body: { what: ['consent'], message: 'Rang. (Invented.)' } }), assign(other)]);
    expect(statuses(answers).toSorted()).toEqual([200, 200, 412]);
    expect(answers[2]!.status).toBe(200);
  });

  it('leave the key of one that was refused free for when it may be done', async () => {
    const [id, other, key] = [await triage.raised(), await triage.raised(), randomUUID()];
    const [missing, seenLater, fine] = await Promise.all([assign(randomUUID()), assign(id, { seen: '"2"', key }), assign(other)]);
    expect(statuses([missing, seenLater, fine])).toEqual([404, 412, 200]);
    expect((await assign(id, { seen: '"2"', key })).status).toBe(412);
    expect((await triage.query(`select from idempotency where key = $1`, [key]))).toHaveLength(0);
  });

  it('lose nothing to a statement that fails for one of them', async () => {
    const ids = await Promise.all(times(8, () => triage.raised()));
    await triage.asOwner(`alter table triage.concern add constraint planted check (id <> '${ids[3]}' or assigned_to is null)`);
    const answers = await Promise.all(ids.map((id) => assign(id, { key: randomUUID() })));
    await triage.asOwner('alter table triage.concern drop constraint planted');
    expect(statuses(answers)).toEqual(ids.map((_, nth) => (nth === 3 ? 500 : 200)));
    expect((await keptOf(ids))['events']).toBe(8 + 7);
  });
});

describe('a connection that is ended between two writes', () => {
  const tables = ['journal', 'concern', 'narrative', 'record_key', 'outbox', 'idempotency'];
  const counted = async (): Promise<Record<string, number>> => (await triage.query<Record<string, number>>(`select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`))[0]!;
  const owners = async (): Promise<Client> => {
    const client = new Client({ connectionString: triage.database.ownerUrl });
    await client.connect();
    return client;
  };

  it('ASVS 5.0 V2.3.3, check 6: leaves neither of them, is answered as unavailable, and is made good by asking again', async () => {
    const before = await counted();
    const [holder, watcher] = [await owners(), await owners()];
    // Whoever writes the story first waits for the read table, with the one written and the other not.
    await holder.query('begin; lock table triage.concern in share mode');
    const key = randomUUID();
    const asking = raise({ key });
    const waiting = async (): Promise<number> => {
      const { rows: [found] } = await watcher.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and usename = 'triage_app' and wait_event_type = 'Lock' and backend_xid is not null
           and exists (select from pg_locks where pg_locks.pid = pg_stat_activity.pid and relation = 'triage.journal'::regclass and mode = 'RowExclusiveLock' and granted)`,
      );
      return found ? found.pid : (await new Promise((later) => setTimeout(later, 10)), waiting());
    };
    const { rows } = await watcher.query('select pg_terminate_backend($1) as ended', [await waiting()]);
    expect(rows).toEqual([{ ended: true }]);
    expect(await asking).toMatchObject({ status: 503, body: { detail: expect.stringContaining('with the same Idempotency-Key') } });
    await holder.query('rollback');
    expect(await counted()).toEqual(before);
    const again = await raise({ key });
    expect([again.status, await raise({ key })]).toEqual([201, again]);
    expect(await keptOf(idsOf([again]))).toMatchObject({ events: 2, concerns: 1, texts: 3, keys: 1 });
    await Promise.all([holder.end(), watcher.end()]);
  });
});
