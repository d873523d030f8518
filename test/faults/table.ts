import type { Outcome } from './trial.ts';

const count = (outcomes: readonly Outcome[], kind: string): number => outcomes.reduce((sum, { findings }) => sum + findings.filter((one) => one.kind === kind).length, 0);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** A row for each fault: how often it was done, what it was done to, what was lost or doubled, and how long it was felt. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [...Map.groupBy(outcomes, ({ fault }) => fault)].map(([fault, all]) => {
    const acknowledged = all.reduce((sum, one) => sum + one.acknowledged, 0);
    const longest = Math.max(...all.map(({ longestStopMs }) => longestStopMs));
    const catchUp = Math.max(...all.map(({ catchUpMs }) => catchUpMs));
    const cells = [fault, all.length, acknowledged, count(all, 'lost'), count(all, 'doubled'), count(all, 'wrong'), seconds(longest), seconds(catchUp)];
    return `| ${cells.join(' | ')} |`;
  });
  const head = '| fault | runs | commands acknowledged | lost | doubled | otherwise wrong | longest stop | time to catch up |\n| --- | --- | --- | --- | --- | --- | --- | --- |';
  return [head, ...rows].join('\n');
}
