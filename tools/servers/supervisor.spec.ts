import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Guard, isAlive, stages } from './guard.ts';
import { type ChildSpec, Supervisor } from './supervisor.ts';

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await sleep(10);
};

describe('the supervisor', () => {
  let folder: string;
  let guard: Guard;
  let supervisor: Supervisor;
  let said: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caseward-supervisor-'));
    writeFileSync(join(folder, 'running.json'), '{}');
    said = [];
    guard = new Guard(join(folder, 'guard.pid'), join(folder, 'running.json'));
    supervisor = new Supervisor(guard, (line) => said.push(line));
  });
  afterEach(async () => {
    await supervisor.stop();
    await guard.close();
    rmSync(folder, { recursive: true });
  });

  const shell = (script: string, more: Partial<ChildSpec> = {}): ChildSpec => ({
    name: 'one',
    command: '/bin/sh',
    args: ['-c', script],
    logFile: join(folder, 'one.log'),
    stage: stages.service,
    stopSignal: 'SIGTERM',
    isReady: async () => true,
    ...more,
  });
  const pidOf = (name: string): number => supervisor.pid(name) ?? 0;

  it('starts a child again that dies, and says so', async () => {
    let restarts = 0;
    supervisor.onRestart = () => void (restarts += 1);
    await supervisor.start(shell('exec sleep 60'));
    const first = pidOf('one');
    process.kill(first, 'SIGKILL');
    await until(() => restarts === 1);
    expect(pidOf('one')).not.toBe(first);
    expect(said.join('\n')).toContain('one ended (SIGKILL); starting it again');
  });

  it('goes on when a restart cannot be written down, and tells it again', async () => {
    let tries = 0;
    supervisor.onRestart = () => {
      tries += 1;
      if (tries === 1) throw new Error('no space left on device');
    };
    await supervisor.start(shell('exec sleep 60'));
    process.kill(pidOf('one'), 'SIGKILL');
    await until(() => tries === 2);
    expect(said.join('\n')).toContain('could not be written down (no space left on device)');
  });

  it('fails with the last words of a child that ends before it is ready', async () => {
    const starting = supervisor.start(shell('echo no room left; exit 3', { isReady: async () => false }));
    await expect(starting).rejects.toThrow(/ended before it was ready \(exit status 3\)[^]*no room left/);
  });

  it('fails when the program is not there', async () => {
    await expect(supervisor.start(shell('', { command: '/no/such', isReady: async () => false }))).rejects.toThrow('could not be started');
  });

  it('leaves none behind when it stops', async () => {
    await supervisor.start(shell('exec sleep 60'));
    await supervisor.start(shell('exec sleep 60', { name: 'two', stage: stages.database }));
    const pids = [pidOf('one'), pidOf('two')];
    await supervisor.stop();
    expect(pids.filter((pid) => isAlive(pid))).toEqual([]);
  });

  it('has the guard end the children when it cannot', async () => {
    await supervisor.start(shell('exec sleep 60'));
    const pid = pidOf('one');
    supervisor.onRestart = () => undefined;
    // To the guard, a pipe that is closed is a starter that died.
    await guard.close();
    await until(() => !isAlive(pid));
    expect(existsSync(join(folder, 'running.json'))).toBe(false);
  });

  it('leaves none behind when it is killed', async () => {
    const starter = join(folder, 'starter.mjs');
    const pidFile = join(folder, 'child.pid');
    writeFileSync(
      starter,
      `const { Guard, stages } = await import(${JSON.stringify(new URL('guard.ts', import.meta.url).href)});
       const { spawn } = await import('node:child_process');
       const { writeFileSync } = await import('node:fs');
       const guard = new Guard(${JSON.stringify(join(folder, 'other.pid'))}, '');
       const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
       guard.watch(child.pid, stages.service, 'SIGTERM');
       writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));`,
    );
    const child = spawn(process.execPath, [starter], { stdio: 'ignore' });
    const pid = (): number => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0);
    await until(() => pid() > 0);
    child.kill('SIGKILL');
    await until(() => !isAlive(pid()));
    expect(isAlive(pid())).toBe(false);
  });

  it('has another guard when the guard dies', async () => {
    const first = Number(readFileSync(join(folder, 'guard.pid'), 'utf8'));
    process.kill(first, 'SIGKILL');
    const pid = (): number => Number(readFileSync(join(folder, 'guard.pid'), 'utf8'));
    await until(() => pid() > 0 && pid() !== first);
    expect(isAlive(pid())).toBe(true);
  });
});
