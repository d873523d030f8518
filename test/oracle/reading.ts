import { columnsOf, type FileName, type Kind } from './columns.ts';
import { isDay, type Micros, readTime } from './time.ts';

/** What the cells of a row say, each by itself. */
export interface CellReading {
  cells: Record<string, string>;
  /** Only the times and dates that were good. */
  times: Record<string, Micros>;
  dates: Record<string, string>;
  /** `bad_value:…` and `no_such_time:…`. */
  faults: string[];
  /** The columns whose time was there twice. */
  twice: string[];
}

/** Reads each cell of a row without looking at the others. */
export function readCells(file: FileName, cells: Record<string, string>): CellReading {
  const reading: CellReading = { cells, times: {}, dates: {}, faults: [], twice: [] };
  for (const [column, kind] of Object.entries(columnsOf[file])) {
    const cell = cells[column]!;
    if (cell !== '') readCell({ column, cell, kind }, reading);
  }
  return reading;
}

function readCell({ column, cell, kind }: { column: string; cell: string; kind: Kind }, reading: CellReading): void {
  if (kind === 'time') {
    const time = readTime(cell);
    if (typeof time === 'string') reading.faults.push(`${time}:${column}`);
    else {
      reading.times[column] = time.at;
      if (time.twice) reading.twice.push(column);
    }
  } else if (kind === 'date' && isDay(cell)) reading.dates[column] = cell;
  else if (!isGood(cell, kind)) reading.faults.push(`bad_value:${column}`);
}

function isGood(cell: string, kind: Kind): boolean {
  if (kind === 'text') return true;
  if (typeof kind === 'string') return false;
  if ('one' in kind) return kind.one.includes(cell);
  return cell.split(';').every((code) => kind.some.includes(code));
}
