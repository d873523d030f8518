import { scaleLinear } from 'd3-scale';
import { decimal } from '../words.js';

export type Unit = 'number' | 'percent' | 'days';

/** In units of the view box; the drawing is as wide as its column. */
export const CHART_WIDTH = 460;

/** A value as a chart shows it. */
export function valueLabel(value: number, unit: Unit): string {
  if (unit === 'percent') return `${decimal(value)}%`;
  const text = value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
  return unit === 'days' ? `${text} ${value === 1 ? 'day' : 'days'}` : text;
}

/** From nought (a cut axis misleads) to a round number at or above the greatest value. */
export function fromZero(greatest: number, pixels: [number, number]) {
  return scaleLinear([0, greatest > 0 ? greatest : 1], pixels).nice(4);
}

/** Tenths are enough for a drawing and keep pages small. */
export function tenth(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
