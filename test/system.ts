import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Operated, operated } from '../tools/commands/tokens.ts';
import { compiledFolder, Home } from '../tools/start/home.ts';
import type { Running } from '../tools/start/running.ts';
import { asking } from './asking.ts';

const project = join(import.meta.dirname, '..');
const readyMs = 120_000;

type Command = 'import' | 'report' | 'verify' | 'rebuild' | 'rotate-keys';

export interface Finished {
  status: number | null;
  out: string;
  err: string;
}

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'caseward-test-'));
  // The database's account must be able to enter.
  chmodSync(home, 0o711);
  return home;
}

/**
 * A whole Caseward of its own in a temporary home, or in one that is given, started as `npm start -- --empty` starts it.
 * No decision is drawn for a second look unless a test says so: a lot would make one run differ from the next.
 */
export class TestSystem {
  readonly home: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #args: string[];
  #child: ChildProcess | undefined;
  #said = '';
  #operated: Operated | undefined;

  constructor(env: NodeJS.ProcessEnv = {}, args: string[] = [], home = temporaryHome()) {
    this.#args = args;
    this.home = home;
    const settled = { LOG_LEVEL: 'warn', REQUESTS_A_MINUTE: '100000', PAGES_A_MINUTE: '100000', SECOND_LOOK_SHARE: '0' };
    this.#env = { ...process.env, NODE_COMPILE_CACHE: compiledFolder, ...settled, ...env, CASEWARD_HOME: this.home, NODE_OPTIONS: '' };
  }

  async start(): Promise<Running> {
    this.#child = spawn(process.execPath, ['tools/start.ts', '--empty', ...this.#args], { cwd: project, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    for (const end = performance.now() + readyMs; performance.now() < end; await pause(100)) {
      if (existsSync(join(this.home, 'running.json'))) return this.running;
      if (this.#child.exitCode !== null) break;
    }
    throw new Error(`the system did not come up:\n${this.#said}`);
  }

  /** The process that started everything else, where it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get running(): Running {
    return JSON.parse(readFileSync(join(this.home, 'running.json'), 'utf8')) as Running;
  }

  url(service: string): string {
    return this.running.services[service]!.url;
  }

  /** Somebody of its staff at one service's API. */
  as(service: string, actor: string, headers?: Record<string, string>) {
    return asking(this.url(service), () => this.headersOf(actor), headers);
  }

  /** The headers with which somebody asks: an invented person, or the operator where nobody is named. */
  headersOf(who?: string): Promise<Record<string, string>> {
    const { running } = this;
    // Started again, its provider is another.
    if (this.#operated?.identity.issuer !== running.identity.issuer) this.#operated = operated(new Home(this.home), running);
    return this.#operated!.headersOf(who);
  }

  /** Ends it as Ctrl-C does. */
  async stop(): Promise<void> {
    await this.#end('SIGINT');
  }

  /** Ends it as a power cut would, as far as one process can. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Runs one of the project's commands on this system to its end. */
  run(command: Command, ...args: string[]): Promise<Finished> {
    return this.begin(command, ...args).finished;
  }

  /** Starts a command that a test may end half way. */
  begin(command: Command, ...args: string[]): { child: ChildProcess; finished: Promise<Finished> } {
    const child = spawn(process.execPath, [`tools/${command}.ts`, ...args], { cwd: project, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    return { child, finished: new Promise((resolve) => child.once('close', (status) => resolve({ status, ...said }))) };
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
