import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Answer, eventually } from '../asking.ts';
import { raise } from '../line.ts';
import { TestSystem } from '../system.ts';

const system = new TestSystem({}, ['--instances', '2']);
const services = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];
let owner: pg.Client;

beforeAll(async () => {
  await system.start();
  owner = new pg.Client({ connectionString: system.running.postgres.url });
  await owner.connect();
}, 180_000);
afterAll(async () => {
  await owner?.end();
  await system.remove();
}, 60_000);

const pidsOf = (service: string): number[] => system.running.services[service]!.pids;

/** Who holds the locks of a kind: a relay's or the duty's, by service. */
async function holders(kind: 'relay' | 'duty'): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (const service of services) {
    const { rows } = await owner.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1
       and (classid::bigint << 32 | objid::bigint) = hashtext($1)::bigint & x'ffffffffffffffff'::bigint`,
      [`${kind}/${service}`],
    );
    found.set(service, rows.map(({ pid }) => pid));
  }
  return found;
}

/** Posts under a key, and again where the answer was no answer, as every client of ours does. */
async function insist(key: string): Promise<{ answer: Answer; tries: number }> {
  for (let tries = 1; tries <= 100; tries += 1) {
    const answer = await system.as('triage', 'staff-triage-1').post('/concerns', raise, { key }).catch(() => undefined);
    if (answer?.status === 201) return { answer, tries };
    if (answer && answer.status !== 503) throw new Error(`unexpected answer ${answer.status}`);
    await pause(100);
  }
  throw new Error('no answer came');
}

async function concernsOf(keys: string[]): Promise<number> {
  const { rows } = await owner.query<{ n: string }>(
    `select count(*) as n from triage.idempotency join triage.concern on concern.id = (reply->>'id')::uuid where key = any($1)`,
    [keys],
  );
  return Number(rows[0]!.n);
}

/** A hundred posts at once, in the middle of which something happens; afterwards each key has one record, and the same again. */
async function hundredWhile(happen: () => void): Promise<{ most: number }> {
  const { rows: [before] } = await owner.query<{ n: string }>('select count(*) as n from triage.concern');
  const keys = Array.from({ length: 100 }, () => randomUUID());
  const sent = keys.map((key) => insist(key));
  await pause(60);
  happen();
  const answers = await Promise.all(sent);
  const again = await Promise.all(keys.map((key) => insist(key)));
  expect(again.map(({ answer }) => answer.body.id)).toEqual(answers.map(({ answer }) => answer.body.id));
  const { rows: [after] } = await owner.query<{ n: string }>('select count(*) as n from triage.concern');
  expect([await concernsOf(keys), Number(after!.n) - Number(before!.n)]).toEqual([100, 100]);
  return { most: Math.max(...answers.map(({ tries }) => tries)) };
}

const bothAreThere = (before: number[]) =>
  eventually(async () => pidsOf('triage'), (pids) => pids.length === 2 && pids.every((pid) => !before.includes(pid)), 60_000);

describe('two processes of every service', () => {
  it('are both listed, and both answer on the one port', async () => {
    for (const service of services) {
      expect(new Set(pidsOf(service)).size).toBe(2);
      const answered = new Set<number>();
      await eventually(async () => {
        const answer = await fetch(`${system.url(service)}/health`, { headers: { connection: 'close' } });
        return answered.add(((await answer.json()) as { pid: number }).pid);
      }, ({ size }) => size === 2);
      expect([...answered].toSorted()).toEqual(pidsOf(service).toSorted());
    }
  });

  it('have one relay a service, and one of them on duty for what is done once', async () => {
    const [relays, duties] = [await holders('relay'), await holders('duty')];
    expect(services.map((service) => relays.get(service)!.length)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(services.map((service) => duties.get(service)!.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('take over the relay from each other within five seconds', async () => {
    const [first] = (await holders('relay')).get('triage')!;
    const before = pidsOf('triage');
    let killedAt = 0;
    const isOther = ([now]: number[]) => now !== undefined && now !== first;
    const look = async () => (await holders('relay')).get('triage')!;
    for (const pid of before) {
      killedAt = performance.now();
      process.kill(pid, 'SIGKILL');
      if (await eventually(look, isOther, 1_500).catch(() => false)) break;
    }
    await eventually(look, isOther, 5_000);
    const seconds = (performance.now() - killedAt) / 1_000;
    process.stdout.write(`relay taken over after ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(5);
    await eventually(async () => pidsOf('triage'), (pids) => pids.length === 2 && pids.some((pid) => !before.includes(pid)), 60_000);
  }, 90_000);
});

describe('a hundred posts at once', () => {
  it('go on with the other process when one is killed', async () => {
    const before = pidsOf('triage');
    const { most } = await hundredWhile(() => process.kill(before[0]!, 'SIGKILL'));
    process.stdout.write(`one of two killed: ${most} tries at most\n`);
    await eventually(async () => pidsOf('triage'), (pids) => pids.length === 2 && !pids.includes(before[0]!), 60_000);
  }, 90_000);

  it('have their true outcome or none, and one record each, when every process is told to stop', async () => {
    const before = pidsOf('triage');
    const told = performance.now();
    const { most } = await hundredWhile(() => before.forEach((pid) => process.kill(pid, 'SIGTERM')));
    await bothAreThere(before);
    process.stdout.write(`all told to stop: ${most} tries at most, running again after ${((performance.now() - told) / 1_000).toFixed(1)} s\n`);
  }, 120_000);
});
