import type { Spread } from './bench.ts';

/** The least, the middle and the most of what some rounds came to. Throws where there was none. */
export function spreadOf(rounds: readonly number[]): Spread {
  if (rounds.length === 0) throw new RangeError('no round was measured');
  const inOrder = rounds.toSorted((one, other) => one - other);
  return { min: inOrder[0]!, median: medianOf(inOrder), max: inOrder.at(-1)!, rounds: [...rounds] };
}

/** The value that this share of all values does not exceed (nearest rank): 0.99 of two hundred is the third greatest. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('nothing was measured');
  const inOrder = values.toSorted((one, other) => one - other);
  return inOrder[Math.max(0, Math.ceil(share * inOrder.length) - 1)]!;
}

/** The middle of some values, whatever their order. */
export const middle = (values: readonly number[]): number => spreadOf(values).median;

function medianOf(inOrder: readonly number[]): number {
  const half = Math.floor(inOrder.length / 2);
  return inOrder.length % 2 === 1 ? inOrder[half]! : (inOrder[half - 1]! + inOrder[half]!) / 2;
}
