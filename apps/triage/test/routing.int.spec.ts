import { randomUUID } from 'node:crypto';
import { Database } from '#libs/platform';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

let triage: ATriage;
beforeAll(async () => {
  triage = await ATriage.make();
}, 60_000);
afterAll(() => triage?.close());

const toNorth = { ...noFurtherAction, outcome: 'other_authority', otherAuthority: { code: 'E06000061' }, furtherRoutes: ['quality_team', 'advice_and_guidance'] };
const reference = 'Canaryduty worker, N-17.';

interface Listed { id: string; route: string | null; otherAuthority: string | null; decision: number; refusedAt: string | null; waitingDays: number }

async function sent(decision: object = toNorth): Promise<string> {
  const id = await triage.raised();
  expect((await triage.act(id, 'triage', decision)).status).toBe(200);
  return id;
}
const listed = async (id: string, as = officer) => ((await triage.ask('GET', '/routes-awaited', { as })).body['items'] as Listed[]).filter((one) => one.id === id);
const routesOf = async (id: string) => (await triage.ask('GET', `/concerns/${id}`)).body['routes'] as { route: string; state: string }[];

describe('a concern that is sent on', () => {
  it('is told by codes alone to whoever listens, after its decision', async () => {
    const id = await sent();
    const [triaged, routed] = await triage.query<{ type: string; contract_sequence: number; data: object }>(`select type, contract_sequence, data from journal where record_id = $1 and type in ('ConcernTriaged', 'ConcernRouted') order by sequence`, [id]);
    expect(routed).toMatchObject({ type: 'ConcernRouted', contract_sequence: triaged!.contract_sequence + 1, data: { decision: 1, routes: [{ route: 'other_authority', otherAuthority: 'E06000061' }, { route: 'quality_team' }] } });
  });

  it('waits in the list for each that was sent it, the oldest first, until they have it', async () => {
    const [id, later] = [await sent(), await sent({ ...noFurtherAction, outcome: 'care_act_assessment' })];
    expect(await listed(id)).toMatchObject([{ route: 'other_authority', otherAuthority: 'E06000061', decision: 1, refusedAt: null, waitingDays: 0 }, { route: 'quality_team', otherAuthority: null }]);
    const all = ((await triage.ask('GET', '/routes-awaited')).body['items'] as Listed[]).map((one) => one.id);
    expect(all.indexOf(id)).toBeLessThan(all.indexOf(later));

    expect((await triage.act(id, 'routes/other_authority/received', { decision: 1, reference })).status).toBe(200);
    expect(await listed(id)).toMatchObject([{ route: 'quality_team' }]);
    expect(await routesOf(id)).toMatchObject([{ route: 'other_authority', state: 'received' }, { route: 'quality_team', state: 'waiting' }]);
  });

  it('keeps whom somebody spoke with encrypted, and shows it to whoever works on it', async () => {
    const id = await sent();
    await triage.act(id, 'routes/other_authority/received', { decision: 1, reference });
    await triage.act(id, 'routes/quality_team/refused', { decision: 1, reason: 'Canaryrefused.' });
    expect(JSON.stringify(await triage.query('select data from journal where record_id = $1', [id]))).not.toContain('Canary');
    expect((await triage.ask('GET', `/concerns/${id}/case`)).body).toMatchObject({ story: expect.arrayContaining([expect.objectContaining({ type: 'RouteReceived', reference }), expect.objectContaining({ type: 'RouteRefused', reason: 'Canaryrefused.' })]) });
  });

  it('stays listed where it is refused, until it is decided again to go elsewhere', async () => {
    const id = await sent({ ...noFurtherAction, outcome: 'quality_team' });
    expect((await triage.act(id, 'routes/quality_team/refused', { decision: 1 })).body).toMatchObject({ code: 'concern/reason-required' });
    await triage.act(id, 'routes/quality_team/refused', { decision: 1, reason: 'Not theirs.' });
    expect(await listed(id)).toMatchObject([{ route: 'quality_team', refusedAt: expect.any(String) }]);
    await triage.act(id, 'reopen', { reason: 'The quality team does not take it.' });
    expect(await listed(id)).toHaveLength(1);
    await triage.act(id, 'triage', { ...noFurtherAction, outcome: 'care_act_assessment' });
    expect(await listed(id)).toMatchObject([{ route: 'care_act_assessment', decision: 2 }]);
    expect(await routesOf(id)).toMatchObject([{ route: 'quality_team', state: 'lapsed' }, { route: 'care_act_assessment', state: 'waiting' }]);
  });
});

describe('recording what was heard', () => {
  it('is asked for as it was seen, and once for a key', async () => {
    const [id, key] = [await sent(), randomUUID()];
    const url = `/concerns/${id}/routes/quality_team/received`;
    const { etag: seen } = await triage.ask('GET', `/concerns/${id}`);
    expect((await triage.ask('POST', url, { body: { decision: 1 } })).status).toBe(428);
    const [first, again] = [await triage.ask('POST', url, { seen, key, body: { decision: 1 } }), await triage.ask('POST', url, { seen, key, body: { decision: 1 } })];
    expect([first.status, again]).toEqual([200, first]);
    expect((await triage.ask('POST', `/concerns/${id}/routes/quality_team/refused`, { seen, body: { decision: 1, reason: 'Slower.' } })).status).toBe(412);
  });

  it('is refused where it was not sent there, and where there is nowhere such', async () => {
    const id = await sent();
    expect(await triage.act(id, 'routes/review/received', { decision: 1 })).toMatchObject({ status: 409, body: { code: 'concern/route-not-awaited' } });
    expect((await triage.act(id, 'routes/advice_and_guidance/received', { decision: 1 })).status).toBe(400);
  });

  it('is for whoever decides concerns, of their own council', async () => {
    const id = await sent();
    const { etag: seen } = await triage.ask('GET', `/concerns/${id}`);
    const by = async (as: string) => (await triage.ask('POST', `/concerns/${id}/routes/quality_team/received`, { as, seen, body: { decision: 1 } })).status;
    expect([await by('staff-worker-1'), await by('staff-partner-1'), await by('staff-triage-north-1')]).toEqual([403, 403, 404]);
    expect([(await triage.ask('GET', '/routes-awaited', { as: 'staff-worker-1' })).status, await listed(id, 'staff-triage-north-1')]).toEqual([403, []]);
  });

  it('goes on where whoever raised it writes more meanwhile', async () => {
    const id = await sent();
    expect((await triage.ask('POST', `/concerns/${id}/more`, { as: 'staff-partner-1', body: { words: 'More. (Invented.)' } })).status).toBe(201);
    expect(await listed(id)).toHaveLength(2);
  });
});

it('a list of what waits is read in its order from an index', async () => {
  const database = triage.app.get(Database);
  const plan = JSON.stringify(await database.transaction(['E06000062'], async (tx) => {
    for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.query(`set local enable_${way} = off`);
    return tx.query(`explain select record_id from awaited_route where authority = 'E06000062' order by sent_at, record_id, decision, route limit 50`);
  }));
  expect([plan, plan.includes('awaited_route_oldest'), plan.includes('Sort')]).toEqual([plan, true, false]);
});
