import { count, dayOf, messagesByField, pagination } from '#libs/pages';
import { paths } from '../paths.js';
import { codeInSentence, errorsOf, fieldId } from './codes.js';
import { type File, FILES, type QuarantinedRow, type QuarantineList } from './shapes.js';
import type { Away } from '../unless-away.js';

const LONG_CELL = 60;

export interface ListChoice {
  file: File;
  page: number;
  /** The line that has just been mended and taken. */
  taken?: string | undefined;
}

/** The list of rows that an import set aside, one file of it. */
export function listPage({ file, page, taken }: ListChoice, list: QuarantineList) {
  const pages = Math.max(1, Math.ceil(list.total / (list.pageSize)));
  return {
    title: 'Rows set aside by an import',
    here: paths.quarantine(),
    taken,
    file,
    tabs: FILES.map((name) => ({ text: `${name}.csv`, href: paths.quarantine({ file: name }), current: name === file })),
    summary: list.total === 0 ? `No row of ${file}.csv is set aside.` : `${count(list.total, 'row')} of ${file}.csv ${list.total === 1 ? 'is' : 'are'} set aside.`,
    csvHref: paths.quarantineCsv(file),
    rows: list.items.map((row) => ({
      line: String(row.line),
      href: paths.quarantinedRow(file, row.id),
      reasons: row.codes.map(codeInSentence),
      firstSeen: dayOf(row.firstSeenAt),
    })),
    pages: pagination(page, pages, (number) => paths.quarantine({ file, page: String(number) })),
  };
}

/** The form in which a row is mended; with what was typed and what is still wrong, when it was refused. */
export function mendPage(file: File, row: QuarantinedRow, form: { cells: Record<string, string>; refused: boolean; csrf: string; away?: Away | undefined }) {
  const columns = Object.keys(row.cells);
  const codes = errorsOf(row.codes, columns);
  const messages = messagesByField(codes);
  return {
    title: `Mend line ${row.line} of ${file}.csv`,
    here: paths.quarantine(),
    backHref: paths.quarantine({ file }),
    action: paths.quarantinedRow(file, row.id),
    csrf: form.csrf,
    away: form.away,
    unsentTitle: 'The row was not taken',
    unclearTitle: 'It is not known whether the row was taken',
    isKeyless: true,
    leavesList: true,
    errors: form.refused ? codes : [],
    reasons: codes,
    raw: row.raw,
    isLatin1: row.isLatin1 ?? false,
    fields: columns.map((column) => ({
      id: fieldId(column),
      column,
      value: form.cells[column] ?? row.cells[column] ?? '',
      long: (row.cells[column] ?? '').length > LONG_CELL,
      message: messages[fieldId(column)],
    })),
  };
}
