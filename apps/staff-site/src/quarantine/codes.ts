import { type FormError } from '#libs/pages';

const MEANINGS: Record<string, (column: string) => string> = {
  wrong_cell_count: () => 'The row has more or fewer cells than the header, or is not UTF-8',
  missing_value: (column) => `${column} is empty and must not be`,
  bad_value: (column) => `${column} is not a value of its kind`,
  no_such_time: (column) => `${column} is a time that the clocks skipped in March`,
  duplicate_reference: () => 'Another row with different content holds this reference',
  unknown_reference: (column) => `${column} names a record that is not held`,
  out_of_order: (column) => `${column} is before what it must follow`,
  in_the_future: (column) => `${column} is later than now`,
  authorised_too_long: () => 'The authorisation is longer than a year',
  another_authority: () => 'The row is another council’s: somebody there has to mend it',
  contradiction: (column) => `${column} contradicts another cell`,
};

/** What a code of the import means, in a sentence. */
export function codeInSentence(code: string): string {
  const [kind = '', column = ''] = code.split(':');
  return MEANINGS[kind]?.(column) ?? code;
}

/** The field of the form where a code can be put right: its column, or the first. */
export function errorsOf(codes: string[], columns: string[]): FormError[] {
  return codes.map((code) => {
    const column = code.split(':')[1] ?? columns[0] ?? '';
    return { text: codeInSentence(code), href: `#${fieldId(columns.includes(column) ? column : (columns[0] ?? ''))}` };
  });
}

/** The id and name of a column's field. */
export function fieldId(column: string): string {
  return `cell-${column}`;
}
