import type { Cell, Drawing } from '#libs/pages';

/** One measure as the board sees it. */
export interface MeasureView {
  key: string;
  heading: string;
  /** The one sentence to take away. */
  takeaway: string;
  /** The same in a figure, for the top of the page. */
  tile?: Tile;
  /** What stands at the top before that, beside the measure above. */
  tileBefore?: Tile | undefined;
  charts: Drawing[];
  /** Something that a reader must know so as not to be misled. */
  caution?: string;
  /** How it is worked out, where no definition of the metrics service says so. */
  defined?: string;
  table: Table;
  published: Published[];
}

export interface Tile {
  label: string;
  figure: string;
  note: string;
}

export interface Table {
  caption: string;
  columns: { code: string; heading: string; show?: (value: number) => string }[];
  /** `missing`: what stands for a value that there is none of, where more is known than that. */
  rows: { name: string; code: string; values: (number | null)[]; missing?: string }[];
}

/** A figure of the Care Quality Commission, and what the same comes to here. */
export interface Published {
  what: string;
  published: string;
  ours: string;
  source?: string;
}

export const NO_DATA = 'no data';

/** A value in words, or that there is none. */
export function known(value: number | null | undefined, words: (value: number) => string): string {
  return value === null || value === undefined ? NO_DATA : words(value);
}

/** The rows of a table as a page shows them. */
export function tableInWords({ caption, columns, rows }: Table) {
  return {
    caption,
    columns: columns.map(({ heading }, index) => ({ heading, numeric: index > 0 })),
    rows: rows.map(({ name, values, missing }) => [
      name,
      ...values.map((value, index) => (value === null && missing ? missing : known(value, columns[index + 1]?.show ?? ((number) => number.toLocaleString('en-GB'))))),
    ]),
  };
}

/** The rows of a table as a spreadsheet wants them: codes and plain numbers. */
export function tableForCsv({ columns, rows }: Table): { header: string[]; rows: Cell[][] } {
  return { header: columns.map(({ code }) => code), rows: rows.map(({ code, values }) => [code, ...values]) };
}
