import type { Day } from '#libs/calendar';
import type { Factor } from './codes.js';

export type LegalTestCode = 'cheshire_west' | 'multi_factor_2026_uksc_16';

/** What decided, from a day on, whether somebody is deprived of their liberty. */
export interface LegalTest {
  readonly code: LegalTestCode;
  readonly name: string;
  readonly source: string;
  readonly from: Day;
  /** The last day; null while it is the law. */
  readonly to: Day | null;
  /** What a screening under this test has to ask. */
  readonly asks: readonly Factor[];
}

const asksAlways: readonly Factor[] = ['person_objects', 'physical_restraint', 'contact_limited'];

/** Whatever follows is another row, and an end to the last one. */
export const legalTests: readonly LegalTest[] = [
  {
    code: 'cheshire_west',
    name: 'acid test',
    source: 'Cheshire West [2014] UKSC 19',
    from: '2014-03-19',
    to: '2026-06-01',
    asks: ['continuous_supervision_and_control', 'free_to_leave', ...asksAlways],
  },
  {
    code: 'multi_factor_2026_uksc_16',
    name: 'multi-factor test',
    source: 'Reference by the Attorney General for Northern Ireland [2026] UKSC 16',
    from: '2026-06-02',
    to: null,
    asks: ['purpose_is_protective', 'life_as_normal_as_can_be', 'wishes_and_feelings_positive', ...asksAlways],
  },
];

/**
 * The legal test that an act of this day is made under. An act before the table begins, which only an old import
 * can bring, is read under its first row.
 */
export function legalTestOn(day: Day, table: readonly LegalTest[] = legalTests): LegalTest {
  const found = table.findLast((test) => test.from <= day) ?? table[0];
  if (found === undefined) throw new Error('the table of legal tests is empty');
  return found;
}
