import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromSetUp } from './environment.js';

/** A broker process of one suite, with a store of its own. */
export class OwnServer {
  private process: ChildProcess | undefined;
  private guard: ChildProcess | undefined;

  private constructor(
    private readonly file: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** `template` is the real configuration, with `{home}` and `{port}` to be filled in. */
  static async start(file: string, template: string): Promise<OwnServer> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-test-nats-'));
    const port = await freePort();
    const config = readFileSync(template, 'utf8').replaceAll('{home}/nats', folder).replaceAll('{port}', String(port));
    writeFileSync(join(folder, 'nats.conf'), config);
    const server = new OwnServer(file, folder, port);
    await server.start();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  get store(): string {
    return join(this.folder, 'jetstream');
  }

  async start(): Promise<void> {
    const child = spawn(this.file, ['-c', join(this.folder, 'nats.conf')], { stdio: 'ignore' });
    this.process = child;
    // A suite that is killed must leave no broker behind.
    this.guard = spawn('/bin/sh', [fromSetUp('TEST_GUARD'), ''], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.guard.stdin?.write(`watch 1 KILL ${child.pid}\n`);
    while (!(await greets(this.port))) {
      if (child.exitCode !== null) throw new Error(`the broker ended with status ${child.exitCode}`);
      await sleep(10);
    }
  }

  async kill(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    this.guard?.stdin?.end(`forget ${child.pid}\n`);
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The broker greets every connection, once it has opened its store. */
async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    return greeting.includes('"jetstream":true');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
