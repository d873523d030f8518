/** What makes a spreadsheet take a cell for a formula, full-width forms and leading white space included. */
const FORMULA = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/;

/** A cell as it may be written out to a spreadsheet: one that would be run as a formula starts with an apostrophe. */
export function safeForSpreadsheet(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}
