/** The report for people: every measure of every authority, a line a figure. */
export function tellReport(report: object, depth = 0): string {
  return Object.entries(report)
    .map(([key, value]) =>
      value !== null && typeof value === 'object'
        ? `${'  '.repeat(depth)}${key}\n${tellReport(value as object, depth + 1)}`
        : `${'  '.repeat(depth)}${key}: ${value ?? 'no data'}\n`,
    )
    .join('');
}
