import { randomUUID } from 'node:crypto';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

const colleague = 'staff-triage-2';
const give = (concerns: { id: string; seen: number }[], more: { to?: string | null; key?: string; as?: string } = {}) =>
  triage.ask('POST', '/concerns/assign', { as: more.as, key: more.key, body: { to: more.to === undefined ? colleague : more.to, concerns } } as Parameters<ATriage['ask']>[2]);
const assigned = async (id: string) => (await triage.ask('GET', `/concerns/${id}`)).body['assignedTo'];

describe('several concerns', () => {
  it('are given in one request, and one that is refused stops none of the others', async () => {
    const [free, changed, decided, elsewhere] = await Promise.all([triage.raised(), triage.raised(), triage.raised(), triage.raised({ authority: 'E06000061' }, 'staff-partner-north-1')]);
    await triage.act(changed!, 'ask', { what: ['consent'], message: 'Rang. (Invented.)' });
    expect((await triage.act(decided!, 'triage', noFurtherAction)).status).toBe(200);
    const { body: last } = await triage.ask('GET', `/concerns/${decided}`);
    const missing = randomUUID();
    const { status, body } = await give([
      { id: free!, seen: 1 }, { id: changed!, seen: 1 }, { id: decided!, seen: last['sequence'] as number }, { id: elsewhere!, seen: 1 }, { id: missing, seen: 1 },
    ]);
    expect([status, body['items']]).toMatchObject([200, [
      { taken: true, id: free, sequence: 2, assignedTo: colleague },
      { taken: false, id: changed, status: 412, sequence: 2, changes: [{ type: 'MoreAskedFor', actor: officer }] },
      { taken: false, id: decided, status: 409, code: 'concern/not-awaiting-triage' },
      { taken: false, id: elsewhere, status: 404, detail: 'there is no such record' },
      { taken: false, id: missing, status: 404, detail: 'there is no such record' },
    ]]);
    expect([await assigned(free!), await assigned(changed!)]).toEqual([colleague, null]);
  });

  it('stand in the queue with whoever has them now', async () => {
    const [one, other] = await Promise.all([triage.raised(), triage.raised()]);
    await give([{ id: one!, seen: 1 }, { id: other!, seen: 1 }]);
    const { body } = await triage.ask('GET', '/queue');
    const items = (body['items'] as { id: string; sequence: number; assignedTo: string | null }[]).filter(({ id }) => id === one || id === other);
    expect(items.map(({ sequence, assignedTo }) => [sequence, assignedTo])).toEqual([[2, colleague], [2, colleague]]);
  });

  it('are given once for a key, and back to nobody', async () => {
    const id = await triage.raised();
    const key = randomUUID();
    const first = await give([{ id, seen: 1 }], { key });
    expect(await give([{ id, seen: 1 }], { key })).toEqual(first);
    expect((await give([{ id, seen: 2 }], { to: null })).body).toMatchObject({ items: [{ taken: true, sequence: 3, assignedTo: null }] });
    expect((await give([{ id, seen: 3 }], { to: null })).body).toMatchObject({ items: [{ taken: true, sequence: 3 }] });
  });

  it('are given as they were left by those before them in the same request', async () => {
    const id = await triage.raised();
    expect((await give([{ id, seen: 1 }, { id, seen: 1 }, { id, seen: 2 }])).body).toMatchObject({ items: [{ taken: true, sequence: 2 }, { taken: false, status: 412 }, { taken: true, sequence: 2 }] });
  });

  it('are given by whoever may, and are named', async () => {
    const id = await triage.raised();
    expect((await give([{ id, seen: 1 }], { as: 'staff-worker-1' })).status).toBe(403);
    expect((await give([])).status).toBe(400);
    expect(await assigned(id)).toBeNull();
  });
});
