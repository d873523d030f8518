/** Other ways to write the time that a cell of the example holds, `2024-06-03T09:00:00+01:00`. */
export const notations = [localTime, spaced, toTheNanosecond, zulu, withoutColon, eastward, toTheMinute];

function localTime(cell: string): string {
  return cell.slice(0, 19);
}

function spaced(cell: string): string {
  return cell.slice(0, 19).replace('T', ' ') + cell.slice(19);
}

/** Digits past the microsecond are noughts, so that dropping and rounding them agree. */
function toTheNanosecond(cell: string): string {
  return `${cell.slice(0, 19)}.120000000${cell.slice(19)}`;
}

function zulu(cell: string): string {
  return isTime(cell) ? new Date(cell).toISOString().replace('.000Z', 'Z') : cell;
}

function withoutColon(cell: string): string {
  return cell.replace(/:(\d\d)$/, '$1');
}

function eastward(cell: string): string {
  return isTime(cell) ? new Date(Date.parse(cell) + 345 * 60_000).toISOString().replace('.000Z', '+05:45') : cell;
}

function toTheMinute(cell: string): string {
  return `${cell.slice(0, 16)}${cell.slice(19)}`;
}

function isTime(cell: string): boolean {
  return !Number.isNaN(Date.parse(cell));
}

/** A line without its first cell, as far as a plain look can tell. */
export function dropCell(line: string): string {
  return line.replace(/^[^,"]*,/, '');
}
