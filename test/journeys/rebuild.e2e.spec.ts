import { Client } from 'pg';
import { raise, today } from '../line.ts';
import { TestSystem } from '../system.ts';

interface Verified {
  ok: boolean;
  findings: { service: string; check: string }[];
}

const system = new TestSystem();
let owner: Client;

beforeAll(async () => {
  await system.start();
  owner = new Client({ connectionString: system.running.postgres.url });
  await owner.connect();
  const partner = system.as('triage', 'staff-partner-1');
  for (let n = 0; n < 5; n += 1) await partner.post('/concerns', { ...raise, worry: `The ${n}th invented account.` });
  // A report waits until everything has arrived.
  await system.run('report', '--as-of', today, '--json');
}, 180_000);
afterAll(async () => {
  await owner.end();
  await system.remove();
}, 60_000);

async function verify(): Promise<Verified> {
  return JSON.parse((await system.run('verify', '--json')).out) as Verified;
}

async function rebuild(...what: string[]): Promise<Record<string, Record<string, number>>> {
  const { status, out, err } = await system.run('rebuild', ...what, '--json');
  if (status !== 0) throw new Error(`rebuild ${what.join(' ')} ended with ${status}: ${err}`);
  return (JSON.parse(out) as { services: Record<string, Record<string, number>> }).services;
}

const where = ({ findings }: Verified): string[] => [...new Set(findings.map(({ service, check }) => `${service} ${check}`))].toSorted();

describe('rebuilding what somebody spoiled', () => {
  it('finds it, puts it right while everything goes on, and finds nothing any more', async () => {
    expect(where(await verify())).toEqual([]);
    await owner.query(`
      delete from metrics.inbox where message_id = (select id || ':v1' from metrics.event order by id limit 1);
      update metrics.concern_fact set received_at = received_at - interval '1 year', waiting_from = waiting_from - interval '1 year';
      update triage.concern set channel = 'email' where ctid = (select min(ctid) from triage.concern);
      delete from people.person_authority;
      delete from people.person_token where kind = 'surname';
      delete from triage.inbox where ctid = (select min(ctid) from triage.inbox)`);
    expect(where(await verify())).toEqual(['metrics facts', 'metrics inbox', 'people identities', 'people read-tables', 'triage inbox', 'triage read-tables']);
    expect(await rebuild('messages', 'triage')).toMatchObject({ triage: { taken: 1, parked: 0, setAside: 0 } });
    expect((await rebuild('facts'))['metrics']).toMatchObject({ letters: 0 });
    expect(await rebuild('read-tables')).toMatchObject({ triage: { looked: 5, repaired: 1 }, section42: { repaired: 0 } });
    expect((await rebuild('streams', 'triage'))['triage']).toMatchObject({ queued: 0 });
    expect(where(await verify())).toEqual([]);
  }, 180_000);

  it('says what can be rebuilt', async () => {
    expect(await system.run('rebuild', 'everything')).toMatchObject({ status: 1, err: expect.stringContaining('facts | read-tables [SERVICE] | streams [SERVICE] | messages [SERVICE]') });
    expect(await system.run('rebuild', 'streams', 'metrics')).toMatchObject({ status: 1, err: expect.stringContaining('metrics has no streams') });
  });
});
