/** Ascending positions in few characters: `1-5,7,9-12`. Numbers that were taken and never committed leave gaps. */
export function writePositions(positions: readonly number[]): string {
  return runsOf(positions)
    .map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
    .join(',');
}

/** What `writePositions` wrote. */
export function readPositions(text: string): number[] {
  if (text === '') return [];
  return text.split(',').flatMap((run) => {
    const [from, to = from] = run.split('-').map(Number) as [number, number?];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

/** Ascending positions as runs without a gap. */
export function runsOf(positions: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const position of positions) {
    const last = runs.at(-1);
    if (last?.to === position - 1) last.to = position;
    else runs.push({ from: position, to: position });
  }
  return runs;
}
