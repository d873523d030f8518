import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endedChildrenSeconds, familyOf, processorByProgram, processorSeconds, programOf, proportionalMegabytes } from './processes.ts';

describe('the processes of a system', () => {
  it.each([
    ['/usr/bin/node --import x dist/bundles/triage.js', 'triage'],
    ['/usr/bin/node --max-old-space-size=160 dist/bundles/partner-site.js', 'partner-site'],
    ['node tools/provider/main.ts', 'provider'],
    ['/p/node tools/start.ts --empty', 'starter'],
    ['/bin/sh /p/tools/servers/guard.sh', 'guard'],
    ['/usr/sbin/nats-server -c nats.conf', 'nats'],
    ['postgres: caseward caseward 127.0.0.1(4711) idle', 'postgres'],
    ['/p/bin/postgres -D data', 'postgres'],
    ['sleep 1', 'other'],
  ])('are called by what they run: %s', (commandLine, name) => {
    expect(programOf(commandLine)).toBe(name);
  });

  it('are found from the one that started the others', async () => {
    const child = spawn('/bin/sh', ['-c', 'sleep 30 & wait'], { stdio: 'ignore', detached: true });
    try {
      while (familyOf(child.pid!, (line) => line).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(familyOf(child.pid!, (line) => (line.startsWith('sleep') ? 'sleep' : 'shell')).map(({ name }) => name)).toEqual(['shell', 'sleep']);
    } finally {
      process.kill(-child.pid!, 'SIGKILL');
    }
  });

  it('have memory of their own and processor time', () => {
    expect(proportionalMegabytes(process.pid)).toBeGreaterThan(5);
    expect(processorSeconds(process.pid)).toBeGreaterThan(0.1);
    expect(processorByProgram([{ name: 'us', pid: process.pid }, { name: 'us', pid: process.pid }]).get('us')).toBeGreaterThan(0.2);
  });

  it('have nothing once they are gone', () => {
    expect(proportionalMegabytes(2 ** 22 + 1)).toBeNaN();
    expect(processorSeconds(2 ** 22 + 1)).toBe(0);
  });

  it('leave the time they took with whoever started them', async () => {
    const before = endedChildrenSeconds();
    const child = spawn(process.execPath, ['-e', 'const end = Date.now() + 60; while (Date.now() < end);'], { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'ignore' });
    await once(child, 'exit');
    expect(endedChildrenSeconds()).toBeGreaterThan(before);
  });
});
