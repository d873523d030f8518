import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What needs a part of the system runs side by side; what starts the whole of it has the machine to itself. */
const rounds = [
  ['--selectProjects', 'unit', 'int', '--maxWorkers', '2'],
  ['--selectProjects', 'e2e', '--maxWorkers', '1'],
];
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** Every suite, each round whatever became of the one before; the last line counts them all. */
const folder = mkdtempSync(join(tmpdir(), 'caseward-counts-'));
const counts = { passed: 0, failed: 0 };
for (const [at, round] of rounds.entries()) {
  const file = join(folder, `${at}.json`);
  const status = await run([...jest, ...round], { COUNT_FILE: file });
  const { passed, failed } = counted(file);
  counts.passed += passed;
  counts.failed += failed || (status === 0 ? 0 : 1);
}
rmSync(folder, { recursive: true });
process.exitCode = counts.failed > 0 ? 1 : 0;
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);

function run(args: string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve) => child.once('close', resolve));
}

/** A round that broke before it could count has failed. */
function counted(file: string): { passed: number; failed: number } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { passed: number; failed: number };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
