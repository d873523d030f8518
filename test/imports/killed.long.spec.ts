import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../asking.ts';
import { differences } from '../oracle/differences.ts';
import { TestSystem } from '../system.ts';

const example = join(import.meta.dirname, '../../examples/northamptonshire');
const expected = JSON.parse(readFileSync(join(example, 'expected.json'), 'utf8'));

const system = new TestSystem();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

const healthy = async (): Promise<boolean> => {
  const answers = await Promise.all(
    Object.values(system.running.services).map(({ url }) => fetch(`${url}/health`).then((answer) => answer.json() as Promise<{ status: string }>, () => ({ status: 'gone' }))),
  );
  return answers.every(({ status }) => status === 'ok');
};

/** Imports until so many rows of a file are held, lets something happen, and sees how the import takes it. */
async function importUntil(service: string, rows: number, happening: (importing: number) => void | Promise<void>): Promise<void> {
  const { child, finished } = system.begin('import', example, '--json');
  const held = async (): Promise<number> => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: system.running.postgres.url });
    await client.connect();
    const { rows: found } = await client.query(`select count(*)::int as n from ${service}.extract_row`);
    await client.end();
    return found[0].n;
  };
  await eventually(async () => child.exitCode ?? (await held()), (count) => count >= rows || child.exitCode !== null, 300_000);
  await happening(child.pid!);
  await finished;
}

describe('an import in which everything is killed', () => {
  it('is interrupted by its own death, a service’s, the broker’s and the database’s, and loses nothing', async () => {
    await importUntil('people', 5_000, (pid) => void process.kill(pid, 'SIGKILL'));
    await importUntil('people', 15_000, () => void process.kill(system.running.services['people']!.pids[0]!, 'SIGKILL'));
    await eventually(healthy, Boolean, 60_000);
    await importUntil('triage', 4_000, () => void process.kill(system.running.nats.pid!, 'SIGKILL'));
    await eventually(healthy, Boolean, 60_000);
    await importUntil('triage', 14_000, () => void process.kill(system.running.postgres.pid!, 'SIGKILL'));
    await eventually(healthy, Boolean, 60_000);
    await importUntil('section42', 2_000, async () => {
      await system.kill();
      await pause(3_000);
    });
    await system.start();
    const { status, out, err } = await system.run('import', example, '--json');
    expect([status, status === 0 ? '' : err]).toEqual([0, '']);
    for (const file of Object.values((JSON.parse(out) as { files: Record<string, { read: number; imported: number; already_present: number; quarantined: number }> }).files)) {
      expect(file).toMatchObject({ quarantined: 0, read: file.imported + file.already_present });
    }
    const report = await system.run('report', '--as-of', '2025-07-31', '--json');
    expect(differences(expected, JSON.parse(report.out))).toEqual([]);
  }, 900_000);
});
