import { londonDay } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { holdable, nhsNumberIsValid, type Row, type RowJudge } from '#libs/extract';
import { type HeldIdentity, heldIdentity } from '../../application/held-identity.js';
import type { Characteristics } from '../../domain/parts.js';

export const columns = {
  required: ['person_ref'],
  optional: [
    'given_name', 'family_name', 'date_of_birth', 'nhs_number', 'postcode', 'local_area', 'gender', 'ethnicity',
    'primary_support_reason',
  ],
} as const;

/** One accepted row of people.csv. */
export interface PersonRow {
  reference: string;
  identity: HeldIdentity;
  characteristics: Characteristics;
}

/** Judges a row of people.csv. Only its reference can keep it out: people are never left behind for a cell. */
export function judgePerson(row: Row, judge: RowJudge): PersonRow {
  const reference = judge.required('person_ref')!;
  const cell = (column: string): string | null => judge.text(column) ?? null;
  const [born, number] = [cell('date_of_birth'), cell('nhs_number')];
  const given = { givenName: cell('given_name'), familyName: cell('family_name'), postcode: cell('postcode') };
  const identity = heldIdentity({ ...given, dateOfBirth: born, nhsNumber: number }, londonDay(judge.runBeganAt));
  if (born !== null && identity.birthDate === null) judge.flag('implausible:date_of_birth');
  if (number !== null && !nhsNumberIsValid(number)) judge.flag('nhs_number_check');
  return {
    reference,
    identity,
    characteristics: {
      gender: coded(judge, 'gender', codes.gender.options),
      ethnicity: coded(judge, 'ethnicity', codes.ethnicity.options),
      primarySupportReason: coded(judge, 'primary_support_reason', codes.primarySupportReason.options),
      localArea: held(cell('local_area')),
    },
  };
}

const longestArea = 200;

/** Cut between characters: half of one is no text that can be stored. */
const held = (text: string | null): string | null =>
  text === null ? null : Array.from(holdable(text.slice(0, 2 * longestArea))).slice(0, longestArea).join('');

/** A code of its list; another is flagged and held as not recorded. */
function coded<Code extends string>(judge: RowJudge, column: string, list: readonly (Code | 'not_recorded')[]): Code | 'not_recorded' {
  const text = judge.text(column);
  const known = list.find((code) => code === text);
  if (text !== undefined && known === undefined) judge.flag(`unknown_code:${column}`);
  return known ?? 'not_recorded';
}
