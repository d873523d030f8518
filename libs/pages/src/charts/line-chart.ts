import { line } from 'd3-shape';
import { scalePoint } from 'd3-scale';
import { CHART_WIDTH, fromZero, tenth, type Unit, valueLabel } from './scales.js';

export interface LineChart {
  id: string;
  title: string;
  /** What the drawing shows, for those who cannot see it. */
  description: string;
  unit: Unit;
  points: { label: string; tick?: string; value: number | null }[];
  target?: { value: number; label: string };
  /** What somebody else published: a value, or a range over some of the points. */
  published?: { from: string; to: string; low: number; high: number }[];
}

const HEIGHT = 230;
const PLOT = { left: 54, right: CHART_WIDTH - 70, top: 18, bottom: HEIGHT - 30 };

/** Where everything in the drawing goes; a template draws it. A month without a figure leaves a gap. */
export function lineChart(chart: LineChart) {
  const x = scalePoint(chart.points.map(({ label }) => label), [PLOT.left, PLOT.right]);
  const y = fromZero(greatestOf(chart), [PLOT.bottom, PLOT.top]);
  const at = (label: string): number => tenth(x(label) ?? PLOT.left);
  const height = (value: number): number => tenth(y(value));
  const path = line<LineChart['points'][number]>(({ label }) => at(label), ({ value }) => height(value ?? 0))
    .defined(({ value }) => value !== null);
  return {
    ...heading(chart),
    kind: 'line' as const,
    plot: PLOT,
    path: path(chart.points) ?? '',
    ticksX: chart.points.flatMap(({ label, tick }) => (tick ? [{ at: at(label), text: tick }] : [])),
    ticksY: y.ticks(4).map((value) => ({ at: height(value), text: axisLabel(value, chart.unit) })),
    last: lastOf(chart, at, height),
    target: chart.target && { at: height(chart.target.value), text: chart.target.label },
    published: (chart.published ?? []).map((mark) => publishedMark(mark, at, height)),
  };
}

export type LineDrawing = ReturnType<typeof lineChart>;

function heading({ id, title, description }: LineChart) {
  return { id, title, description, width: CHART_WIDTH, height: HEIGHT };
}

function greatestOf({ points, target, published = [] }: LineChart): number {
  return Math.max(...points.map(({ value }) => value ?? 0), target?.value ?? 0, ...published.map(({ high }) => high), 0);
}

function axisLabel(value: number, unit: Unit): string {
  const text = value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
  return unit === 'percent' ? `${text}%` : text;
}

function lastOf({ points, unit }: LineChart, at: (label: string) => number, height: (value: number) => number) {
  const last = points.findLast(({ value }) => value !== null);
  if (!last || last.value === null) return undefined;
  return { x: at(last.label), y: height(last.value), text: unit === 'days' ? axisLabel(last.value, unit) : valueLabel(last.value, unit) };
}

/** A single value is a diamond, a range a box: told apart by shape as well as by colour. */
function publishedMark(
  { from, to, low, high }: NonNullable<LineChart['published']>[number],
  at: (label: string) => number,
  height: (value: number) => number,
) {
  const [left, right, top, bottom] = [at(from), at(to), height(high), height(low)];
  if (from === to && low === high) {
    return { shape: 'diamond' as const, path: `M${left} ${tenth(top - 9)}l9 9l-9 9l-9 -9z` };
  }
  return {
    shape: 'box' as const,
    x: left - 4,
    y: tenth(Math.min(top, bottom - 3)),
    width: tenth(right - left + 8),
    height: tenth(Math.max(bottom - top, 3)),
  };
}
