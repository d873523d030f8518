import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../oracle/random.ts';
import type { FaultSystem } from '../plant/system.ts';
import { Ledger } from './ledger.ts';
import { Member, OutOfTime } from './member.ts';
import { stories, type Teller } from './stories.ts';

const members = 6;
const dayMs = 86_400_000;
const londonDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' });
/** What every planted value begins with: no word or id of ours looks like it. */
export const canaryMark = 'Zqcanary';

/** Several members of staff at once, each with one case after another, until they are told that it is enough. */
export class Load {
  readonly ledger = new Ledger();
  readonly #system: FaultSystem;
  readonly #seed: number;
  #isEnough = false;
  #working: Promise<void>[] = [];
  /** What a member could not get done, in words without anybody's data. */
  readonly wrongs: string[] = [];

  constructor(system: FaultSystem, seed: number) {
    this.#system = system;
    this.#seed = seed;
  }

  start(count = members): void {
    this.#working = Array.from({ length: count }, (_, at) => this.#work(new Random(this.#seed * 100 + at), at));
  }

  /** Resolves when so many commands more have been acknowledged: the load is under way. */
  async untilDone(more: number, withinMs = 60_000): Promise<void> {
    const wanted = this.ledger.acknowledged.length + more;
    for (const end = performance.now() + withinMs; this.ledger.acknowledged.length < wanted; await pause(20)) {
      if (this.#isEnough || performance.now() > end || this.wrongs.length > 0) return;
    }
  }

  /** Begins nothing more; resolves when every case that was begun is done. */
  async finish(): Promise<void> {
    this.#isEnough = true;
    await Promise.all(this.#working);
  }

  async #work(random: Random, at: number): Promise<void> {
    let planted = 0;
    const canary = (): string => `${canaryMark}${this.#seed.toString(36)}x${at}x${(planted += 1).toString(36)}`;
    const day = (later = 0): string => londonDay.format(Date.now() + this.#system.clockMs + later * dayMs);
    const teller: Teller = { member: new Member(this.#system, this.ledger, random), ledger: this.ledger, random, day, canary };
    try {
      while (!this.#isEnough) await random.pick(stories)(teller).catch(leaveWhereOutOfTime);
    } catch (error) {
      this.wrongs.push((error as Error).message);
    }
  }
}

function leaveWhereOutOfTime(error: unknown): void {
  if (!(error instanceof OutOfTime)) throw error;
}
