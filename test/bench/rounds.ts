import type { Comparison } from './bench.ts';
import type { Pair } from './judge.ts';

export const usualRounds = 5;

/** How many rounds, and from which seed; `rounds` where whoever asked said how many. */
export interface Rounds {
  seed: number;
  rounds?: number | undefined;
  /** Hears what a round came to, the warm-ups included. */
  onRound?(number: number, of: number, pair: Pair): void;
}

/** Ours and the other, ours and the other, after a warm-up of each that counts for nothing. */
export async function runRounds(comparison: Comparison, { seed, rounds, onRound }: Rounds): Promise<Pair[]> {
  const { ours, against, warmUps = 1 } = comparison;
  const count = rounds ?? Math.min(usualRounds, comparison.rounds ?? usualRounds);
  const pairs: Pair[] = [];
  for (let number = 1 - warmUps; number <= count; number += 1) {
    const round = { number: Math.max(0, number), seed: seed * 1_000 + number };
    const pair = { ours: await ours.round(round), against: against ? await against.round(round) : NaN };
    if (number >= 1) pairs.push(pair);
    onRound?.(round.number, count, pair);
  }
  return pairs;
}
