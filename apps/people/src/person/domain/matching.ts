import type { Day } from '#libs/calendar';
import { sectorOf } from './names.js';
import { type Comparable, PREFIX_LETTERS } from './tokens.js';

/**
 * What each agreement or disagreement weighs, and how it reads. Within a group the strongest applies.
 * Weights are unsourced: the council's to set from what its people confirm.
 */
export const reasons = {
  nhs_number_same: { weight: 60, words: 'Same NHS number' },
  nhs_number_differs: { weight: -40, words: 'Different NHS numbers' },
  birth_date_same: { weight: 30, words: 'Same date of birth' },
  birth_date_swapped: { weight: 18, words: 'Day and month of birth swapped' },
  birth_year_same: { weight: 5, words: 'Born in the same year' },
  birth_date_differs: { weight: -20, words: 'Different dates of birth' },
  surname_same: { weight: 20, words: 'Same surname' },
  surname_sounds_same: { weight: 12, words: 'Surname sounds the same' },
  surname_begins_same: { weight: 5, words: 'Surname begins the same' },
  surname_differs: { weight: -10, words: 'Different surnames' },
  given_name_same: { weight: 12, words: 'Same given name' },
  given_name_short: { weight: 8, words: 'One given name is short for the other' },
  given_name_initial_same: { weight: 3, words: 'Same initial' },
  given_name_differs: { weight: -10, words: 'Different given names' },
  postcode_same: { weight: 12, words: 'Same postcode' },
  postcode_sector_same: { weight: 5, words: 'Live near each other' },
} as const;

export type ReasonCode = keyof typeof reasons;

/** How alike two people are, and why, strongest first. */
export interface Score {
  score: number;
  reasons: { code: ReasonCode; weight: number }[];
}

/** Scores how alike two identities are. What either side does not know says nothing. */
export function score(a: Comparable, b: Comparable): Score {
  const codes = [
    both(a.nhsNumber, b.nhsNumber, (x, y) => (x === y ? 'nhs_number_same' : 'nhs_number_differs')),
    both(a.birthDate, b.birthDate, births),
    surnames(a, b),
    both(a.given, b.given, givenNames),
    both(a.postcode, b.postcode, places),
  ].filter((code) => code !== null);
  const found = codes
    .map((code) => ({ code, weight: reasons[code].weight }))
    .toSorted((x, y) => Math.abs(y.weight) - Math.abs(x.weight));
  return { score: found.reduce((sum, { weight }) => sum + weight, 0), reasons: found };
}

function both(a: string | null, b: string | null, compare: (a: string, b: string) => ReasonCode | null): ReasonCode | null {
  return a === null || b === null ? null : compare(a, b);
}

function births(a: Day, b: Day): ReasonCode {
  if (a === b) return 'birth_date_same';
  if (a.slice(0, 4) !== b.slice(0, 4)) return 'birth_date_differs';
  const isSwapped = a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7);
  return isSwapped ? 'birth_date_swapped' : 'birth_year_same';
}

function surnames(a: Comparable, b: Comparable): ReasonCode | null {
  return both(a.surname, b.surname, (x, y) => {
    if (x === y) return 'surname_same';
    if (a.sounds.some((sound) => sound !== '' && b.sounds.includes(sound))) return 'surname_sounds_same';
    return x.slice(0, PREFIX_LETTERS) === y.slice(0, PREFIX_LETTERS) ? 'surname_begins_same' : 'surname_differs';
  });
}

function givenNames(a: string, b: string): ReasonCode {
  if (a === b) return 'given_name_same';
  if (a.startsWith(b) || b.startsWith(a)) return a.length === 1 || b.length === 1 ? 'given_name_initial_same' : 'given_name_short';
  return a[0] === b[0] ? 'given_name_initial_same' : 'given_name_differs';
}

/** Moving house is common: another postcode says nothing. */
function places(a: string, b: string): ReasonCode | null {
  if (a === b) return 'postcode_same';
  return sectorOf(a) === sectorOf(b) ? 'postcode_sector_same' : null;
}

export const matchBands = { likely: 50, possible: 25 } as const;

/** `same` without anybody being asked; `likely` and `possible` are suggestions to a person; `none` is not even that. */
export interface Match extends Score {
  match: 'same' | 'likely' | 'possible' | 'none';
}

/** How alike two are who were found to be so at all, and whom a person looks at. */
export const suggestedAs = (score: number): 'likely' | 'possible' => (score >= matchBands.likely ? 'likely' : 'possible');

const contradicting: readonly ReasonCode[] = ['birth_date_swapped', 'birth_year_same', 'birth_date_differs', 'given_name_differs'];

/**
 * Whether two identities are one person. Automatic only where valid NHS numbers are equal, the date of birth or
 * the surname agrees, and nothing contradicts: a surname may change, a date of birth does not, and twins get
 * each other's numbers. Two who were looked at and kept apart are never the same and never suggested again.
 */
export function same(a: Comparable, b: Comparable, areKeptApart = false): Match {
  const found = score(a, b);
  if (areKeptApart) return { ...found, match: 'none' };
  const codes = new Set(found.reasons.map(({ code }) => code));
  const agrees = codes.has('birth_date_same') || codes.has('surname_same');
  const isContradicted = contradicting.some((code) => codes.has(code));
  if (codes.has('nhs_number_same') && agrees && !isContradicted) return { ...found, match: 'same' };
  if (codes.has('nhs_number_same')) return { ...found, match: suggestedAs(found.score) };
  if (found.score >= matchBands.likely) return { ...found, match: 'likely' };
  return { ...found, match: found.score >= matchBands.possible ? 'possible' : 'none' };
}
