import { CHART_WIDTH, fromZero, tenth, type Unit, valueLabel } from './scales.js';

export interface BarChart {
  id: string;
  title: string;
  /** What the drawing shows, for those who cannot see it. */
  description: string;
  unit: Unit;
  /** `text` stands for the value where it must not look more exact than it is. */
  bars: { label: string; value: number | null; text?: string; published?: boolean }[];
  targets?: { value: number; label: string }[];
  /** Where the axis ends at least, so that charts side by side can share one. */
  atLeast?: number;
}

const ROW = 34;
const BAR = 20;
const CHARACTER = 9;
const ROOM_FOR_VALUE = 78;
const ROOM_FOR_TARGET = 24;
const GAP = 7;

/** Where everything in the drawing goes; a template draws it. Bars lie, so that their names can be read on a phone. */
export function barChart(chart: BarChart) {
  const left = Math.min(200, Math.max(...chart.bars.map(({ label }) => label.length), 4) * CHARACTER + 10);
  const top = chart.targets?.length ? ROOM_FOR_TARGET * chart.targets.length : 4;
  const x = fromZero(greatestOf(chart), [0, CHART_WIDTH - left - ROOM_FOR_VALUE]);
  const height = top + chart.bars.length * ROW + 4;
  const targets = (chart.targets ?? []).map(({ value, label }, level) => {
    const at = tenth(left + x(value));
    const fits = at + label.length * CHARACTER < CHART_WIDTH;
    return { at, text: label, level: ROOM_FOR_TARGET * level + 15, anchor: fits ? 'start' : 'end' };
  });
  return {
    id: chart.id,
    title: chart.title,
    description: chart.description,
    kind: 'bars' as const,
    width: CHART_WIDTH,
    height,
    left: tenth(left),
    top,
    bars: chart.bars.map((bar, row) => {
      const length = tenth(x(bar.value ?? 0));
      const text = bar.text ?? (bar.value === null ? 'no data' : valueLabel(bar.value, chart.unit));
      return {
        label: bar.label,
        published: bar.published ?? false,
        y: top + row * ROW + (ROW - BAR) / 2,
        thickness: BAR,
        length,
        ...placed(text, { left, length, lines: targets.map(({ at }) => at), isFilled: !bar.published }),
        text,
      };
    }),
    targets,
  };
}

export type BarDrawing = ReturnType<typeof barChart>;
export type Drawing = BarDrawing | import('./line-chart.js').LineDrawing;

/** Where a value is read: beside the end of its bar or, where a target's line would run through it there, inside that end. A bar too short for it has it beside, over the line. */
function placed(text: string, { left, length, lines, isFilled }: { left: number; length: number; lines: number[]; isFilled: boolean }) {
  const end = left + length;
  const room = text.length * CHARACTER + GAP;
  const isCrossed = (from: number, to: number): boolean => lines.some((line) => line > from && line < to);
  const isInside = isFilled && length > room + GAP && isCrossed(end, end + room) && !isCrossed(end - room, end);
  return isInside ? { textAt: tenth(end - GAP), isInside } : { textAt: tenth(end + GAP), isInside };
}

function greatestOf({ bars, targets = [], atLeast = 0 }: BarChart): number {
  return Math.max(...bars.map(({ value }) => value ?? 0), ...targets.map(({ value }) => value), atLeast);
}
