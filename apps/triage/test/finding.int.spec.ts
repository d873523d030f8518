import { randomUUID } from 'node:crypto';
import { learnAliases } from '#libs/journal';
import { Database, shortReference } from '#libs/platform';
import { Concerns } from '../src/concern/application/concerns.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

const find = (reference: string, as?: string) => triage.ask('POST', '/concerns/find', { body: { reference }, ...(as ? { as } : {}) });
const readings = (what: string, id: string) => triage.query<{ actor: string }>('select actor from read_audit where what = $1 and record_ids @> array[$2::uuid]', [what, id]);

describe('a concern', () => {
  it('is found by exactly its reference, however that is typed, and the reading is recorded', async () => {
    const id = await triage.raised();
    const reference = shortReference('SC', id);
    expect((await find(` ${reference.toLowerCase()} `)).body).toEqual({ items: [{ id, reference, status: 'awaiting-triage', receivedAt: expect.any(String) }] });
    for (const typed of [reference.replaceAll('-', ' '), ` ${reference.replaceAll('-', '').toLowerCase()}`, `${reference.slice(0, 9)} ${reference.slice(9)}`]) expect((await find(typed, 'staff-manager-1')).body).toMatchObject({ items: [{ id }] });
    expect((await find(reference, 'staff-worker-1')).body).toMatchObject({ items: [{ id }] });
    expect((await find(reference.slice(0, -1))).body).toEqual({ items: [] });
    expect((await readings('concern by its reference', id)).map(({ actor }) => actor)).toEqual([officer, 'staff-manager-1', 'staff-manager-1', 'staff-manager-1', 'staff-worker-1']);
  });

  it('is not found by another council, nor by whoever reads no concern', async () => {
    const reference = shortReference('SC', await triage.raised());
    expect((await find(reference, 'staff-triage-north-1')).body).toEqual({ items: [] });
    for (const as of ['staff-partner-1', 'staff-dols-1', 'staff-board-1']) expect((await find(reference, as)).status).toBe(403);
    for (const none of ['', ' ', 'SC\0', 'x'.repeat(101)]) expect((await find(none)).status).toBe(400);
  });

  it('tells whom it is about to whoever has the names of a page to ask for', async () => {
    const [id, unknown, personId] = [await triage.raised(), await triage.raised(), randomUUID()];
    const at = '2026-03-01T09:00:00.000000Z';
    await triage.app.get(Database).transaction(['E06000062'], (tx) =>
      triage.app.get(Concerns).handle(tx, { recordId: id, command: { type: 'IdentifyPerson', at, personId, personSequence: 1, ageBand: '75-84' }, context: { authority: 'E06000062', actor: null, recordedAt: at } }),
    );
    const { body } = await triage.ask('POST', '/concerns/people', { as: 'staff-manager-1', body: { ids: [id, unknown, randomUUID()] } });
    expect((body['items'] as { id: string }[]).toSorted((a) => (a.id === id ? -1 : 1))).toEqual([{ id, personId, inDanger: false, dangerToldAt: null }, { id: unknown, personId: null, inDanger: false, dangerToldAt: null }]);
    expect((await readings('queue', id)).map(({ actor }) => actor)).toEqual(['staff-manager-1']);
  });
});

describe('the concerns about people who were found', () => {
  const identified = (id: string, personId: string, authority: string) => {
    const at = '2026-03-01T09:00:00.000000Z';
    const command = { type: 'IdentifyPerson', at, personId, personSequence: 1, ageBand: '75-84' } as const;
    return triage.app.get(Database).transaction([authority], (tx) => triage.app.get(Concerns).handle(tx, { recordId: id, command, context: { authority, actor: null, recordedAt: at } }));
  };
  const about = async (people: string[], as = officer) => (await triage.ask('POST', '/concerns/about', { as, body: { people } })).body['items'] as { personId: string; id: string }[];

  it('are told by whom they are about, also of whoever was joined, and that they were shown is kept', async () => {
    const [one, joined, nobody] = [randomUUID(), randomUUID(), randomUUID()];
    const [first, second, other] = [await triage.raised(), await triage.raised(), await triage.raised()];
    await identified(first, one, 'E06000062');
    await identified(second, joined, 'E06000062');
    await identified(other, randomUUID(), 'E06000062');
    await triage.app.get(Database).transaction('every', (tx) => learnAliases(tx, [{ personId: joined, into: one, sequence: 1 }]));
    const found = await about([one, nobody]);
    expect(found.map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
    expect(found[0]).toEqual({ personId: one, id: expect.any(String), reference: shortReference('SC', found[0]!.id), status: 'awaiting-triage', receivedAt: expect.any(String) });
    expect(await readings('concerns of people found', first)).toEqual([{ actor: officer }]);
    expect([await about([nobody]), await about([one], 'staff-triage-north-1')]).toEqual([[], []]);
    expect((await triage.ask('POST', '/concerns/about', { as: 'staff-data-1', body: { people: [one] } })).status).toBe(403);
  });
});

describe('the decided concerns', () => {
  it('are told with who decided, and left by what is opened again', async () => {
    const id = await triage.raised();
    await triage.act(id, 'triage', noFurtherAction);
    const { status, body } = await triage.ask('GET', `/decided?outcome=no_further_action&decidedBy=${officer}`);
    expect([status, body]).toMatchObject([200, { items: [{ id, decidedBy: officer, outcome: 'no_further_action' }], next: null }]);
    expect((await readings('queue', id)).length).toBeGreaterThan(0);
    expect((await triage.ask('GET', '/decided?authority=E06000061')).status).toBe(403);
    await triage.act(id, 'reopen', { reason: 'More came.' });
    expect((await triage.ask('GET', '/decided')).body).toMatchObject({ items: [] });
  });
});
