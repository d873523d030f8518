import { ALL } from './question.js';

/** The figures of one cell: counts, and what is derived from them. Null: a figure of nothing. */
export type Figures = Record<string, number | null>;

/** One cell of an answer: an authority (or `all`), the how-manieth period, and the part where the measure is split. */
export interface Cell<Values> {
  readonly authority: string;
  readonly period: number;
  /** Null where nothing is split. */
  readonly part: string | null;
  readonly values: Values;
}

/** Which cell a row of counts belongs to. */
export type Place = Omit<Cell<unknown>, 'values'>;

/** Cells by their place. */
export class Cells<Values> {
  private readonly byPlace = new Map<string, Cell<Values>>();

  get all(): Cell<Values>[] {
    return [...this.byPlace.values()];
  }

  /** Changes what a cell holds; `undefined` goes in where there is no such cell yet. */
  put({ authority, period, part }: Place, change: (held: Values | undefined) => Values): void {
    const key = JSON.stringify([authority, period, part]);
    this.byPlace.set(key, { authority, period, part, values: change(this.byPlace.get(key)?.values) });
  }

  /** The same, in the authority's cell and in that of all of them. */
  putBoth(place: Place, change: (held: Values | undefined) => Values): void {
    this.put(place, change);
    this.put({ ...place, authority: ALL }, change);
  }
}

/** Adds counts, figure by figure. */
export function plus(held: Readonly<Record<string, number>> | undefined, more: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...held };
  for (const [key, count] of Object.entries(more)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}
