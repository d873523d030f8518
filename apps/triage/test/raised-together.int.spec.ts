import { randomUUID } from 'node:crypto';
import { type Answer, ATriage } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

const west = 'E06000062';
const program = 'partner-police';
type Item = { key: string; taken: boolean; status: number; id?: string; reference?: string; detail?: string; code?: string };
const concern = (more: object = {}): object => ({ authority: west, worry: 'A worry. (Invented.)', person: { familyName: 'Inventedname' }, ...more });
const item = (more: object = {}, key: string = randomUUID()) => ({ key, concern: concern(more) });
const batch = (items: object[], as = program): Promise<Answer> => triage.ask('POST', '/concerns/batch', { as, body: { items } });
const itemsOf = ({ body }: Answer): Item[] => body['items'] as Item[];
const counted = async (): Promise<number> => (await triage.query<{ n: number }>('select count(*)::int as n from concern'))[0]!.n;

describe('concerns that are raised in one request', () => {
  it('are each taken, in few transactions, and named by their keys in their order', async () => {
    const items = Array.from({ length: 100 }, () => item());
    const answer = await batch(items);
    expect([answer.status, itemsOf(answer).map(({ key, taken, status }) => [key, taken, status])]).toEqual([200, items.map(({ key }) => [key, true, 201])]);
    const ids = itemsOf(answer).map(({ id }) => id);
    const [kept] = await triage.query<{ records: number; transactions: number; texts: number }>(
      `select count(distinct record_id)::int as records, count(distinct xmin::text)::int as transactions, (select count(*)::int from narrative where record_id = any($1)) as texts from journal where record_id = any($1)`,
      [ids],
    );
    expect(kept).toMatchObject({ records: 100, texts: 200 });
    expect(kept!.transactions).toBeLessThan(10);
    expect(itemsOf(answer)[99]).toEqual({ key: items[99]!.key, taken: true, status: 201, id: ids[99], reference: expect.stringMatching(/^SC-/) });
    const { body } = await triage.ask('GET', `/concerns/${ids[42]}`, { as: program });
    expect(body).toMatchObject({ id: ids[42], stage: 'received', reference: itemsOf(answer)[42]!.reference });
    const { body: raised } = await triage.ask('GET', '/concerns/raised?page=2', { as: program });
    expect(raised).toMatchObject({ total: 100, page: 2, pageSize: 50 });
    const theirs = (raised['items'] as { id: string }[]).find(({ id }) => ids.indexOf(id) === 0);
    expect(theirs).toEqual({ id: ids[0], sequence: 1, authority: west, status: 'awaiting-triage', reference: expect.any(String), receivedAt: expect.any(String), stage: 'received', missing: expect.any(Array), told: [], askedAt: null, isOwn: false, abuseTypes: expect.any(Array), decidedAt: null, feedback: null, message: null, earlierMessages: [] });
  });

  it('are refused one by one: none takes another with it, and each is told why', async () => {
    const before = await counted();
    const answer = await batch([item(), { key: 'unread', concern: { worry: 'No council.' } }, item({ worry: ' ' }, 'no worry'), { key: 'none', concern: 'text' }, item({ nobodyKnows: 1 }, 'unknown'), item()]);
    expect(answer.status).toBe(200);
    expect(itemsOf(answer).map(({ key, taken, status }) => [key.length > 30 ? 'a key' : key, taken, status])).toEqual([
      ['a key', true, 201], ['unread', false, 400], ['no worry', false, 400], ['none', false, 400], ['unknown', false, 400], ['a key', true, 201],
    ]);
    expect(itemsOf(answer)[1]).toMatchObject({ detail: expect.stringContaining('authority'), issues: [{ field: 'authority' }] });
    expect(await counted()).toBe(before + 2);
  });

  it('go with each council as if they came alone', async () => {
    const answer = await batch([item(), item({ authority: 'E06000061' })], 'staff-triage-1');
    expect(itemsOf(answer)).toMatchObject([{ status: 201 }, { taken: false, status: 403, code: 'rights/authority' }]);
    expect(itemsOf(await batch([item(), item({ authority: 'E06000061' })]))).toMatchObject([{ status: 201 }, { status: 201 }]);
  });

  it('are answered the same when they are sent again, and are there once', async () => {
    const items = [item(), { key: 'broken', concern: {} }, item()];
    const first = await batch(items);
    const before = await counted();
    expect(itemsOf(await batch(items))).toEqual(itemsOf(first));
    const [both, other] = [await batch(items.toReversed()), await batch([{ ...items[0]!, concern: concern({ worry: 'Another.' }) }, item()])];
    expect(itemsOf(both).map(({ id }) => id)).toEqual(itemsOf(first).map(({ id }) => id).toReversed());
    expect(itemsOf(other)).toMatchObject([{ taken: false, status: 422, code: 'idempotency/key-reused' }, { taken: true }]);
    expect(await counted()).toBe(before + 1);
  });

  it('have keys that mean the same however a concern comes, and of two under one key there is one', async () => {
    const alone = await triage.ask('POST', '/concerns', { as: program, key: 'both ways', body: concern() });
    expect(itemsOf(await batch([item({}, 'both ways'), item({}, 'twice'), item({}, 'twice')]))).toMatchObject([{ id: alone.body['id'] }, {}, {}]);
    const [one, other] = itemsOf(await batch([item({}, 'twice'), item({}, 'twice')]));
    expect(one).toEqual(other);
    expect(await triage.query('select 1 from idempotency where key = $1', ['twice'])).toHaveLength(1);
  });

  it('are a hundred at most, and at least one, each with a key', async () => {
    const before = await counted();
    for (const items of [Array.from({ length: 101 }, () => item()), [], [{ concern: concern() }], [{ key: '', concern: concern() }], [{ key: 'k', concern: concern(), more: 1 }]]) {
      expect((await batch(items)).status).toBe(400);
    }
    expect(await counted()).toBe(before);
  });

  it('lose nothing to a statement that fails for one of them', async () => {
    await triage.asOwner(`alter table triage.concern add constraint planted check (referrer_type is distinct from 'housing')`);
    const answer = await batch([item(), item({ referrer: { type: 'housing' } }), item()]);
    await triage.asOwner('alter table triage.concern drop constraint planted');
    expect(itemsOf(answer)).toMatchObject([{ taken: true }, { taken: false, status: 500, reference: expect.any(String) }, { taken: true }]);
  });

  it('are for whoever may raise one', async () => {
    expect((await batch([item()], 'staff-auditor-1')).status).toBe(403);
    expect((await triage.ask('GET', '/concerns/raised', { as: 'staff-partner-2' })).body).toMatchObject({ total: 0 });
  });
});
