import { tmpdir } from 'node:os';
import type { Verified } from '../../../tools/commands/verify-services.ts';
import { BenchSystem } from '../plant/bench-system.ts';
import { freshHome } from '../plant/homes.ts';
import { drawUp, keyOf, settleDown } from './held-home.ts';
import { lay } from './lay.ts';
import { officer } from './officer.ts';
import { heldPlan } from './plan.ts';

const plan = heldPlan(400, 1);
const system = new BenchSystem(freshHome(tmpdir()));
beforeAll(async () => {
  await system.start();
  const laid = await lay({ ownerUrl: system.ownerUrl, keyOf: (service) => keyOf(system.home, service), plan });
  const quietly = { say: () => undefined };
  await drawUp(quietly, system, laid);
  await settleDown(quietly, system);
}, 300_000);
afterAll(() => system.remove(), 60_000);

describe('a system that many cases were laid into', () => {
  it('has verify content, check by check', async () => {
    const { status, out, err } = await system.run('verify', '--json');
    const { checks, findings } = JSON.parse(out) as Verified;
    expect({ findings, failed: checks.filter((one) => one.failed), err }).toMatchObject({ findings: [], failed: [] });
    expect(status).toBe(0);
    const looked = (service: string, check: string) => checks.find((one) => one.service === service && one.check === check)!.looked;
    expect(looked('triage', 'read-tables')).toBe(plan.concerns);
    expect(looked('dols', 'read-tables')).toBe(plan.dols);
    expect(looked('people', 'claims')).toBe(plan.concerns + plan.dols);
  }, 180_000);

  it('goes on from there: what is raised now comes to the facts, and nothing old is told again', async () => {
    const { rows } = await system.asOwner((client) => client.query<{ outbox: number }>('select count(*)::int as outbox from triage.outbox'));
    expect(rows).toEqual([{ outbox: 0 }]);
    const { status, body } = await system.as('triage', 'staff-partner-1').post('/concerns', { authority: 'E06000062', worry: 'Bruises. (An invented account.)', person: { familyName: 'Inventedname' } });
    expect(status).toBe(201);
    await system.settle();
    expect((await system.as('triage', 'staff-triage-1').get(`/concerns/${body.id as string}`)).body.personId).not.toBeNull();
    const facts = await system.asOwner((client) => client.query('select from metrics.concern_fact where id = $1', [body.id]));
    expect(facts.rowCount).toBeGreaterThan(0);
  }, 60_000);

  it('shows its queues, a concern and the board to those who may see them', async () => {
    const [one] = (await system.asOwner((client) => client.query<{ id: string; reference: string }>(`select id, reference from triage.concern where authority = 'E06000062' limit 1`))).rows;
    const triage = await officer(system, 'staff-triage-1');
    expect(await triage.open('/queues/triage?late=yes&has=nobody')).toContain('Concerns awaiting triage');
    expect(await triage.open(`/concerns/${one!.id}`)).toContain(one!.reference);
    expect(await (await officer(system, 'staff-dols-1')).open('/queues/dols?band=low&kind=new')).toContain('Waiting for DoLS');
    expect(await (await officer(system, 'staff-manager-1')).open('/queues/enquiries?kind=s42')).toContain('Unallocated enquiries');
    expect(await (await officer(system, 'staff-board-1')).open('/board?as_of=2025-07-31&authority=all')).toContain('Safeguarding in');
  }, 60_000);
});
