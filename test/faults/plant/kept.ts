import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Guard } from '../../../tools/servers/guard.ts';
import type { ChildSpec } from '../../../tools/servers/supervisor.ts';
import type { Order } from './orders.ts';

const readyMs = 120_000;
const lookMs = 250;

/** One process of the system under test: killed when a fault says so, and brought back at once when it dies of itself. */
export class Kept {
  readonly spec: ChildSpec;
  readonly #guard: Guard;
  #child: ChildProcess | undefined;
  #isHeld = true;
  /** How often it has died so far. */
  deaths = 0;

  constructor(spec: ChildSpec, guard: Guard) {
    this.spec = spec;
    this.#guard = guard;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isUp(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Starts it unless it runs, and waits until it is well. */
  async start(): Promise<void> {
    this.#isHeld = false;
    if (!this.isUp) this.#spawn();
    await this.untilReady();
  }

  /** Ends it in the way of the signal and leaves it ended until it is started again. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#isHeld = true;
    const child = this.#child;
    if (!child || !this.isUp) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Kills it, and starts it again after a while. */
  async strike(signal: NodeJS.Signals = 'SIGKILL', awayMs = 0): Promise<void> {
    await this.end(signal);
    await pause(awayMs);
    await this.start();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Tells a service something over its channel; the module that a test preloads listens there. */
  tell(order: Order): void {
    if (this.#child?.connected) this.#child.send(order, () => undefined);
  }

  async untilReady(): Promise<void> {
    for (const end = performance.now() + readyMs; ; await pause(lookMs)) {
      if (await this.spec.isReady(this.pid).catch(() => false)) return;
      if (performance.now() > end) throw new Error(`${this.spec.name} did not become ready; see ${this.spec.logFile}`);
    }
  }

  #spawn(): void {
    const { spec } = this;
    const log = openSync(spec.logFile, 'a', 0o600);
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd ?? process.cwd(),
      env: spec.env ?? process.env,
      detached: true,
      stdio: spec.hasChannel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
      ...spec.account,
    });
    closeSync(log);
    this.#child = child;
    const { pid } = child;
    if (pid) this.#guard.watch(pid, spec.stage, spec.stopSignal);
    child.once('exit', () => {
      if (pid) this.#guard.forget(pid);
      this.deaths += 1;
      if (!this.#isHeld) setTimeout(() => this.#isHeld || this.isUp || this.#spawn(), 100);
    });
  }
}
