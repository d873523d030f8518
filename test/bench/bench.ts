import type { BenchSystem, Wish } from './plant/bench-system.ts';

/**
 * A bench: measures one thing that the product does against something else, and says what it must reach.
 *
 * To write one: choose its sizes, get a running system from the ground, and have comparisons measured. Everything that
 * the ground gives is stopped and removed after the bench, however it ended. Then put it into `all.ts`.
 *
 * ```ts
 * export const queues = bench({
 *   name: 'queues',
 *   measures: 'the triage queue, first page, at 100,000 cases against 10,000',
 *   runs: 'always',
 *   sizes: { usual: { cases: 100_000 }, full: { cases: 1_000_000 } },
 *   async run(ground, { cases }) {
 *     const [large, small] = [await filled(ground, cases), await filled(ground, cases / 10)];
 *     const side = (system: BenchSystem, held: number) => ({ name: `${held} held`, round: () => timeOf(system, '/queue') });
 *     await ground.measure({ what: 'the triage queue, first page', unit: 'ms', ours: side(large, cases), against: side(small, cases / 10), goal: ratioAtMost(1.3) });
 *   },
 * });
 * ```
 */
export interface Bench<Sizes = any> {
  name: string;
  /** What is measured against what, in one sentence in words of the field. */
  measures: string;
  /** `always`: in the default set; `full`: with `--full` too; `asked`: where its name is given, and never else. */
  runs: 'always' | 'full' | 'asked';
  /** How much it takes, in the default set and with `--full`. */
  sizes: { usual: Sizes; full: Sizes };
  /** Throws where it could not be run: that fails the command, as a ratio that is not reached does. */
  run(ground: Ground, sizes: Sizes): Promise<void>;
}

/** A bench whose sizes are checked against what it does with them. */
export const bench = <Sizes>(made: Bench<Sizes>): Bench<Sizes> => made;

/** What a bench stands on. */
export interface Ground {
  /** Everything invented follows from it. */
  readonly seed: number;
  readonly isFull: boolean;
  /** What goes on, for whoever waits. */
  say(line: string): void;
  /** What a reader needs to judge the figures by; printed with them. Never a ratio that is judged: those are measured. */
  note(line: string): void;
  /** A running system of the bench's own, with everything on. See `Wish`. */
  system(wish?: Wish): Promise<BenchSystem>;
  /** Has something undone after the bench, however it ends; the last first. */
  onEnd(undo: () => unknown): void;
  /**
   * Runs the two sides one after another, round by round, after a warm-up of each; prints and judges what came of it.
   * Resolves also where the goal was missed. May be called as often as a bench has things to compare.
   */
  measure(comparison: Comparison): Promise<Measured>;
}

/** One thing measured against another, round by round. */
export interface Comparison {
  /** What is measured, in words of the field. */
  what: string;
  /** Of the figures of both sides, such as `ms` or `concerns a second`. */
  unit: string;
  ours: Side;
  /** Left out where the goal is a figure of ours alone. */
  against?: Side;
  goal: Goal;
  /** At most so many rounds, where one takes minutes; five are usual. */
  rounds?: number;
  /** Rounds before those that count; one unless said otherwise. */
  warmUps?: number;
}

/** One of the two things compared. */
export interface Side {
  name: string;
  /** Does it once, for seconds rather than milliseconds, and returns the figure of that round. */
  round(round: Round): Promise<number>;
}

export interface Round {
  /** From 1 on; the warm-ups before them have 0. */
  number: number;
  /** Of the run's seed and the round: the same for both sides. */
  seed: number;
}

/** What must be reached by the median, over the rounds, of one figure made of both sides'. */
export interface Goal {
  /** What the figure is, such as `ours / theirs`. */
  figure: string;
  unit: string;
  of(ours: number, against: number): number;
  atLeast?: number;
  atMost?: number;
}

/** Figures where more is better, such as concerns a second: ours are at least this share, or so many times, the others. */
export const ratioAtLeast = (least: number): Goal => ({ ...ratio, atLeast: least });

/** Figures where less is better, such as milliseconds: ours are at most so many times the others. */
export const ratioAtMost = (most: number): Goal => ({ ...ratio, atMost: most });

/** Figures where less is better: the others take at least so many times as long as ours. */
export const fasterAtLeast = (times: number): Goal => ({ figure: 'theirs / ours', unit: 'times', of: (ours, against) => against / ours, atLeast: times });

/** Figures where less is better: ours are at most so much above the others. */
export const addsAtMost = (most: number, unit: string): Goal => ({ figure: 'ours - theirs', unit, of: (ours, against) => ours - against, atMost: most });

/** Ours alone is at most so much. */
export const atMost = (most: number, unit: string): Goal => ({ figure: 'ours', unit, of: (ours) => ours, atMost: most });

const ratio = { figure: 'ours / theirs', unit: 'times', of: (ours: number, against: number): number => ours / against };

/** The least, the middle and the most of some figures, with the figures themselves in the order of their rounds. */
export interface Spread {
  min: number;
  median: number;
  max: number;
  rounds: number[];
}

/** What came of a comparison. */
export interface Measured {
  what: string;
  unit: string;
  ours: Spread & { name: string };
  against: (Spread & { name: string }) | null;
  /** The figure that is judged. */
  figure: Spread & { name: string; unit: string };
  must: { atLeast?: number; atMost?: number };
  reached: boolean;
}
