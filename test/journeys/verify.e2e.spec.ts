import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../asking.ts';
import { decision, raise } from '../line.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem({ SEAL_EVERY_SECONDS: '1' });
beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

interface Verified {
  ok: boolean;
  checks: { service: string; check: string; looked: number; findings: number; failed?: string }[];
  findings: { service: string; check: string; what: string; where: Record<string, unknown> }[];
}

async function verify(): Promise<Verified & { status: number | null }> {
  const { status, out } = await system.run('verify', '--json');
  return { status, ...(JSON.parse(out) as Verified) };
}

/** What somebody does who owns the database and switches its triggers off. */
async function tamper(statement: string): Promise<void> {
  const client = new Client({ connectionString: system.running.postgres.url });
  await client.connect();
  await client.query(`set session_replication_role = replica; ${statement}`);
  await client.end();
}

async function aDecidedConcern(): Promise<string> {
  const triage = system.as('triage', 'staff-triage-1');
  const { body } = await triage.post('/concerns', raise);
  const known = await eventually(() => triage.get(`/concerns/${body.id}`), (answer) => answer.body.personId !== null);
  expect((await triage.post(`/concerns/${body.id}/triage`, decision, { etag: known.etag })).status).toBe(200);
  return body.id;
}

describe('verifying a system that runs', () => {
  it('finds that everything holds, and what was removed since', async () => {
    const [kept, removed] = [await aDecidedConcern(), await aDecidedConcern()];
    await eventually(async () => existsSync(join(system.home, 'seals', 'section42.jsonl')), Boolean);
    const looked = ({ checks }: Verified, check: string) => checks.find((one) => one.service === 'triage' && one.check === check)!.looked;
    const before = await eventually(verify, (now) => looked(now, 'audit') > 0 && looked(now, 'seal') === looked(now, 'chain'));
    expect([before.status, before.ok, before.findings]).toEqual([0, true, []]);
    expect([looked(before, 'chain'), looked(before, 'read-tables')]).toEqual([8, 2]);

    await tamper(`delete from triage.journal where record_id = '${removed}'; delete from triage.concern where id = '${removed}'`);
    const after = await verify();
    expect([after.status, after.ok]).toEqual([1, false]);
    const sealed = after.findings.filter(({ service, check }) => service === 'triage' && check === 'seal');
    expect(sealed.map(({ what }) => what).join()).toMatch(/sealed rows? (is|are) missing/);
    expect(JSON.stringify(after.findings)).not.toContain(kept);
  }, 120_000);

  it('tells an administrator what to do', async () => {
    const { status, out } = await system.run('verify');
    expect(status).toBe(1);
    expect(out).toContain('NOT EVERYTHING HOLDS');
    expect(out).toMatch(/triage seal: \d/);
  }, 60_000);
});
