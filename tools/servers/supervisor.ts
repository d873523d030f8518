import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Guard, isAlive, type Stage, stages } from './guard.ts';

/** A process to keep running: how it starts, how it is known to be well, how it is asked to stop. */
export interface ChildSpec {
  name: string;
  command: string;
  args: string[];
  logFile: string;
  stage: Stage;
  stopSignal: NodeJS.Signals;
  /** `pid` tells it from others that may answer in its place. */
  isReady(pid?: number): Promise<boolean>;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  account?: { uid: number; gid: number } | undefined;
  /** Node children get a channel whose end tells them that we are gone. */
  hasChannel?: boolean;
}

/** What went wrong in words for whoever typed the command; printed without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

interface Watched {
  spec: ChildSpec;
  process: ChildProcess;
  startedAt: number;
  failures: number;
}

const largestLogBytes = 10_000_000;
const readyWithinMs = 90_000;
const stopWithinMs = 10_000;
const tellAgainMs = 2_000;
/** Asking nine children twice as often took a fifth of the processor time that a start costs this process. */
const askAgainMs = 200;

/** Starts children, starts again those that die, and stops them all in order. */
export class Supervisor {
  readonly #guard: Guard;
  readonly #say: (line: string) => void;
  readonly #children = new Map<string, Watched>();
  #isStopping = false;
  /** Called after a child that died is well again: its process id is another. */
  onRestart: (name: string) => void = () => undefined;

  constructor(guard: Guard, say: (line: string) => void) {
    this.#guard = guard;
    this.#say = say;
  }

  /** Resolves when the child is well; throws a `StartError` with its last words when it never gets there. */
  async start(spec: ChildSpec): Promise<void> {
    if (this.#isStopping) throw new StartError('stopping');
    const watched = this.#spawn(spec, 0);
    try {
      await this.#untilReady(watched);
    } catch (error) {
      // Its number may be somebody else's tomorrow.
      if (hasEnded(watched.process) && watched.process.pid) this.#guard.forget(watched.process.pid);
      throw error;
    }
    watched.process.once('exit', () => this.#restart(watched));
    // It may have died between being well and being watched.
    if (hasEnded(watched.process)) void this.#restart(watched);
  }

  pid(name: string): number | undefined {
    return this.#children.get(name)?.process.pid;
  }

  /** Ends a child that hangs, without asking; like any that died it is started again. */
  kill(name: string): void {
    this.#children.get(name)?.process.kill('SIGKILL');
  }

  /** Ends every child, stage by stage: asked first, killed when it does not listen. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const stage of Object.values(stages)) {
      const those = [...this.#children.values()].filter((child) => child.spec.stage === stage);
      await Promise.all(those.map((child) => end(child)));
      for (const { process: child } of those) if (child.pid) this.#guard.forget(child.pid);
    }
    this.#children.clear();
  }

  #spawn(spec: ChildSpec, failures: number): Watched {
    const log = this.#openLog(spec);
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd ?? process.cwd(),
      env: spec.env ?? process.env,
      // Ctrl-C reaches the whole foreground group; the order of ending is ours.
      detached: true,
      stdio: spec.hasChannel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
      ...spec.account,
    });
    if (log !== 'ignore') closeSync(log);
    child.on('error', (error) => this.#say(`${spec.name}: ${error.message}`));
    if (child.pid) this.#guard.watch(child.pid, spec.stage, spec.stopSignal);
    const watched = { spec, process: child, startedAt: performance.now(), failures };
    this.#children.set(spec.name, watched);
    return watched;
  }

  /** A child that has a log to write to, or else goes on without: a disk without room for the log has room for what matters less. */
  #openLog({ name, logFile }: ChildSpec): number | 'ignore' {
    try {
      turnLog(logFile);
      return openSync(logFile, 'a', 0o600);
    } catch (error) {
      this.#say(`${name} is started without a log: ${(error as Error).message}`);
      return 'ignore';
    }
  }

  async #untilReady({ spec, process: child, startedAt }: Watched): Promise<void> {
    while (!(await spec.isReady(child.pid).catch(() => false))) {
      if (this.#isStopping) throw new StartError('stopping');
      if (hasEnded(child)) throw new StartError(`${spec.name} ended before it was ready (${howItEnded(child)})${lastWords(spec)}`);
      if (performance.now() - startedAt > readyWithinMs) throw new StartError(`${spec.name} was not ready within ${readyWithinMs / 1000} s${lastWords(spec)}`);
      await sleep(askAgainMs);
    }
  }

  async #restart(dead: Watched): Promise<void> {
    const { spec } = dead;
    if (dead.process.pid) this.#guard.forget(dead.process.pid);
    if (this.#isStopping) return;
    const livedMs = performance.now() - dead.startedAt;
    const failures = livedMs > 30_000 ? 0 : dead.failures;
    const pauseMs = Math.min(10_000, 100 * 2 ** failures);
    this.#say(`${spec.name} ended (${howItEnded(dead.process)}); starting it again${pauseMs > 500 ? ` in ${pauseMs / 1000} s` : ''}. Its log: ${spec.logFile}`);
    await sleep(pauseMs);
    if (this.#isStopping) return;
    const next = this.#trySpawn(spec, failures + 1);
    if (!next) return this.#restart({ ...dead, startedAt: performance.now(), failures: failures + 1 });
    try {
      await this.#untilReady(next);
    } catch {
      if (!hasEnded(next.process)) await end(next);
      return this.#restart(next);
    }
    this.#say(`${spec.name} is running again`);
    next.process.once('exit', () => this.#restart(next));
    this.#tellRestart(spec.name);
    if (hasEnded(next.process)) return this.#restart(next);
  }

  /** Undefined when it cannot be started just now: it is tried again later. */
  #trySpawn(spec: ChildSpec, failures: number): Watched | undefined {
    try {
      return this.#spawn(spec, failures);
    } catch (error) {
      this.#say(`${spec.name} could not be started: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Tells until it is heard: what is told is written to a disk, which may be full just now. */
  #tellRestart(name: string): void {
    if (this.#isStopping) return;
    try {
      this.onRestart(name);
    } catch (error) {
      this.#say(`${name} is running again, but that could not be written down (${(error as Error).message}); trying again in ${tellAgainMs / 1000} s`);
      setTimeout(() => this.#tellRestart(name), tellAgainMs).unref();
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function howItEnded(child: ChildProcess): string {
  if (child.pid === undefined) return 'it could not be started';
  return child.signalCode ?? `exit status ${child.exitCode}`;
}

async function end({ spec, process: child }: Watched): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  child.kill(spec.stopSignal);
  const askedAt = performance.now();
  while (!hasEnded(child) && isAlive(child.pid)) {
    if (performance.now() - askedAt > stopWithinMs) child.kill('SIGKILL');
    await sleep(20);
  }
}

function turnLog(file: string): void {
  if (existsSync(file) && statSync(file).size > largestLogBytes) renameSync(file, `${file}.1`);
}

function lastWords({ logFile }: ChildSpec): string {
  if (!existsSync(logFile)) return '';
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12);
  return `. The end of ${logFile}:\n  ${lines.join('\n  ')}`;
}
