import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { type Connection, cutAll } from './database.js';
import { Lease } from './lease.js';

export interface PulseOptions {
  service: string;
  connection: Connection;
  /** The pools whose connections are broken when the database has been silent for long: it may never answer on them. */
  sources: readonly DataSource[];
  onAway: (error: unknown) => void;
  onBack: () => void;
}

const beatMs = 500;
/** With the pause between two beats, less than the two seconds in which everybody has an answer. */
const answerMs = 1_200;
const tryAgainMs = 250;
/** A server that is only slow ends what it has in hand: an import must not be lost to a busy disk. */
const patienceMs = 30_000;

/**
 * Watches over the database through a connection of its own, whether it is there and whether it answers. One process of a
 * service holds the connection's lock: it is on duty for what is to be done once.
 */
export class Pulse {
  private isBeating = true;
  private silentSince = 0;
  private readonly waiting = new Set<() => void>();
  private isOurs = false;
  private stopped = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: PulseOptions) {}

  /** The database answered just now. */
  get isThere(): boolean {
    return this.isBeating;
  }

  /** Of all the processes of the service, this is the one that does what is done once. */
  get isOnDuty(): boolean {
    return this.isOurs;
  }

  /** Tells once when the database stops answering, or at once where it does not answer now; the answer takes the listener back. */
  whenAway(tell: () => void): () => void {
    if (!this.isBeating) tell();
    this.waiting.add(tell);
    return () => void this.waiting.delete(tell);
  }

  start(): void {
    this.running ??= this.keepRunning();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    const { connection, service } = this.options;
    while (!this.stopped.signal.aborted) {
      let lease: Lease | undefined;
      try {
        lease = await Lease.open(connection, `duty/${service}`);
        await this.watch(lease);
      } catch (error) {
        // The connection may have been ended by itself: only when there is no other to be had is the database away.
        if (lease === undefined || error instanceof Silent) this.away(error);
      } finally {
        this.isOurs = false;
        await lease?.close();
      }
      if (!this.isBeating) await this.rest(tryAgainMs);
    }
  }

  private async watch(lease: Lease): Promise<void> {
    while (!this.stopped.signal.aborted && !lease.isLost) {
      this.isOurs = await inTime(beat(lease));
      this.back();
      await this.rest(beatMs);
    }
  }

  private away(error: unknown): void {
    const now = performance.now();
    if (this.isBeating) {
      this.isBeating = false;
      this.silentSince = now;
      this.options.onAway(error);
      for (const tell of this.waiting) tell();
    } else if (now - this.silentSince > patienceMs) {
      this.silentSince = now;
      this.options.sources.forEach(cutAll);
    }
  }

  private back(): void {
    if (this.isBeating) return;
    this.isBeating = true;
    this.options.onBack();
  }

  private rest(ms: number): Promise<void> {
    return pause(ms, undefined, { signal: this.stopped.signal, ref: false }).catch(() => {});
  }
}

/** Whether the lock is ours, by a session that answers. */
async function beat(lease: Lease): Promise<boolean> {
  const isOurs = await lease.isOurs();
  await lease.query('select 1');
  return isOurs;
}

class Silent extends Error {
  override readonly name = 'Silent';
  constructor() {
    super('the database does not answer');
  }
}

/** A process that was busy itself finds its timer run out before it has read what came in time: it looks once more. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setTimeout(() => reject(new Silent()), 50), answerMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
