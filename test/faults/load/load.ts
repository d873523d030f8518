import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../oracle/random.ts';
import type { FaultSystem } from '../plant/system.ts';
import { Ledger } from './ledger.ts';
import { Member, OutOfTime } from './member.ts';
import { stories, type Story, type Teller } from './stories.ts';

const members = 6;
const dayMs = 86_400_000;
const londonDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' });
/** What every planted value begins with: no word or id of ours looks like it. */
export const canaryMark = 'Zqcanary';
/** Nobody acts without a thought; and a machine that is busy with the load alone shows little of what a fault does. */
const mostThoughtMs = 120;

/** Which cases somebody has, and how long they think at most before each command. */
export interface Habit {
  stories?: readonly Story[];
  thoughtMs?: number;
}

/** Several members of staff at once, each with one case after another, until they are told that it is enough. */
export class Load {
  readonly ledger = new Ledger();
  readonly #system: FaultSystem;
  readonly seed: number;
  #isEnough = false;
  #members = 0;
  readonly #working: Promise<void>[] = [];
  /** What a member could not get done, in words without anybody's data. */
  readonly wrongs: string[] = [];
  /** What a fault measured, for whoever reads of the run. */
  readonly notes: string[] = [];

  constructor(system: FaultSystem, seed: number) {
    this.#system = system;
    this.seed = seed;
  }

  start(): void {
    this.#join(members, {}, () => !this.#isEnough);
  }

  /** More members for a while: resolves when every case that they began is done. */
  async crowd<T>(count: number, habit: Habit, work: () => Promise<T>): Promise<T> {
    let isOver = false;
    const crowd = this.#join(count, habit, () => !isOver);
    try {
      return await work();
    } finally {
      isOver = true;
      await Promise.all(crowd);
    }
  }

  /** Cases that begin at an even rate, whatever became of those before them; resolves when all are begun. */
  async pace(perSecond: number, ms: number, story: Story): Promise<void> {
    const begunAt = performance.now();
    for (let begun = 0; begun < (perSecond * ms) / 1_000; begun += 1) {
      await pause(Math.max(0, begunAt + (begun * 1_000) / perSecond - performance.now()));
      let left = 1;
      this.#join(1, { stories: [story], thoughtMs: 0 }, () => left-- > 0);
    }
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

  #join(count: number, habit: Habit, mayBegin: () => boolean): Promise<void>[] {
    const joined = Array.from({ length: count }, () => this.#work((this.#members += 1) - 1, habit, mayBegin));
    this.#working.push(...joined);
    return joined;
  }

  async #work(at: number, { stories: told = stories, thoughtMs = mostThoughtMs }: Habit, mayBegin: () => boolean): Promise<void> {
    const random = new Random(this.seed * 100 + at);
    let planted = 0;
    const canary = (): string => `${canaryMark}${this.seed.toString(36)}x${at}x${(planted += 1).toString(36)}`;
    const day = (later = 0): string => londonDay.format(Date.now() + this.#system.clockMs + later * dayMs);
    const teller: Teller = { member: new Member(this.#system, this.ledger, { random, thoughtMs }), ledger: this.ledger, random, day, canary };
    try {
      while (mayBegin()) await random.pick(told)(teller).catch(leaveWhereOutOfTime);
    } catch (error) {
      this.wrongs.push((error as Error).message);
    }
  }
}

function leaveWhereOutOfTime(error: unknown): void {
  if (!(error instanceof OutOfTime)) throw error;
}
