import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;

/**
 * Rows as a CSV file for a spreadsheet, its byte-order mark included. A text that a spreadsheet would run as a
 * formula (it begins with `=`, `+`, `-` or `@`) gets an apostrophe before it.
 */
export function csv(header: string[], rows: Cell[][]): string {
  return stringify([header, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
