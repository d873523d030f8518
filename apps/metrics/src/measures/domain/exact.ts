/** Microseconds in a day of 24 hours. */
export const dayMicros = 86_400_000_000n;

/** A fraction rounded half up to two decimals, and only here: null where it is a fraction of nothing. */
export function twoDecimals(over: bigint, under: bigint): number | null {
  if (under === 0n) return null;
  const doubled = 200n * over + under;
  const hundredths = doubled / (2n * under);
  const floor = doubled < 0n && doubled % (2n * under) !== 0n ? hundredths - 1n : hundredths;
  return Number(floor) / 100;
}

/** How many in a hundred. */
export function percent(part: number, whole: number): number | null {
  return twoDecimals(100n * BigInt(part), BigInt(whole));
}

/** The value in the middle of a sorted list, or the mean of the two in the middle, each value so often as `times` says. */
export function medianOf(sorted: readonly { value: number; times: number }[]): number | null {
  const count = sorted.reduce((sum, { times }) => sum + times, 0);
  if (count === 0) return null;
  const [lower, upper] = [Math.floor((count - 1) / 2), Math.floor(count / 2)];
  let seen = 0;
  let low: number | undefined;
  for (const { value, times } of sorted) {
    seen += times;
    if (low === undefined && seen > lower) low = value;
    if (low !== undefined && seen > upper) return twoDecimals(BigInt(low) + BigInt(value), 2n);
  }
  return null;
}
