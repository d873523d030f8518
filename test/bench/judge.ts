import type { Comparison, Goal, Measured } from './bench.ts';
import { spreadOf } from './spread.ts';

/** What the two sides came to in one round. */
export interface Pair {
  ours: number;
  /** Not a number where nothing stands against ours. */
  against: number;
}

/**
 * Judges what the rounds came to by the median of their figures: of the ratios of each round, not of the ratio of two
 * medians, since the two sides of a round had the machine in the same state.
 */
export function judged({ what, unit, ours, against, goal }: Pick<Comparison, 'what' | 'unit' | 'ours' | 'against' | 'goal'>, pairs: readonly Pair[]): Measured {
  refuseToothless(what, goal);
  const figure = spreadOf(pairs.map((pair) => goal.of(pair.ours, pair.against)));
  const must = { ...(goal.atLeast === undefined ? {} : { atLeast: goal.atLeast }), ...(goal.atMost === undefined ? {} : { atMost: goal.atMost }) };
  return {
    what,
    unit,
    ours: { name: ours.name, ...spreadOf(pairs.map((pair) => pair.ours)) },
    against: against ? { name: against.name, ...spreadOf(pairs.map((pair) => pair.against)) } : null,
    figure: { name: goal.figure, unit: goal.unit, ...figure },
    must,
    reached: missedBy(figure.median, must) === 0,
  };
}

/** By how much a figure misses what it must reach; 0 where it reaches it, and everything where it is no number. */
export function missedBy(figure: number, { atLeast = -Infinity, atMost = Infinity }: Measured['must']): number {
  if (Number.isNaN(figure)) return Infinity;
  return Math.max(0, atLeast - figure, figure - atMost);
}

function refuseToothless(what: string, { atLeast, atMost }: Goal): void {
  if (atLeast === undefined && atMost === undefined) throw new Error(`${what}: a comparison that cannot be missed is none; say what it must reach`);
}
