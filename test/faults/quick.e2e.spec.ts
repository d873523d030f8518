import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { faults } from './faults/all.ts';
import type { Outcome } from './trial.ts';

const project = join(import.meta.dirname, '../..');
const quick = faults.filter(({ isQuick }) => isQuick).map(({ name }) => name);

let outcomes: Outcome[];
beforeAll(async () => {
  // As the command does it: within jest the product's sources would stand beside what was built of them.
  const child = spawn(process.execPath, ['test/faults/run.ts', '--seed', '1', '--json'], { cwd: project, env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  ({ outcomes } = JSON.parse(said) as { outcomes: Outcome[] });
}, 900_000);

describe('nothing is lost or doubled, whatever dies', () => {
  it.each(quick)('%s', (name) => {
    const outcome = outcomes.find(({ fault }) => fault === name);
    expect(outcome).toMatchObject({ fault: name, findings: [] });
    expect(outcome!.acknowledged).toBeGreaterThan(20);
  });
});
