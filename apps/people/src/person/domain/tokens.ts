import type { Day } from '#libs/calendar';
import { normaliseName, normalisePostcode, normaliseSurname, sectorOf } from './names.js';
import { isNhsNumber } from './nhs-number.js';

/** What is known of who somebody is; null where it is not. A date of birth that cannot be is not known. */
export interface Identity {
  givenName: string | null;
  familyName: string | null;
  birthDate: Day | null;
  nhsNumber: string | null;
  postcode: string | null;
}

/** The sounds of a name, as keys: the adapter brings the algorithm. */
export type Phonetic = (name: string) => readonly string[];

/** An identity as it is compared. */
export interface Comparable {
  given: string | null;
  surname: string | null;
  sounds: readonly string[];
  birthDate: Day | null;
  nhsNumber: string | null;
  postcode: string | null;
}

/** How many letters of a surname find somebody whose name was cut short or misspelt at its end. */
export const PREFIX_LETTERS = 3;

/** Makes two identities comparable. An NHS number that fails its check takes no part. */
export function comparable(identity: Identity, phonetic: Phonetic): Comparable {
  const surname = given(identity.familyName, normaliseSurname);
  return {
    given: given(identity.givenName, normaliseName),
    surname,
    sounds: surname === null ? [] : phonetic(surname),
    birthDate: identity.birthDate,
    nhsNumber: given(identity.nhsNumber, (text) => (isNhsNumber(text) ? text : null)),
    postcode: given(identity.postcode, normalisePostcode),
  };
}

function given(text: string | null, normalise: (text: string) => string | null): string | null {
  const found = text === null ? null : normalise(text);
  return found === '' ? null : found;
}

/**
 * What somebody can be found by, each with its kind in front. Plain words: they are keyed before they are kept
 * or looked up, and never written as they are.
 */
export function tokens(identity: Identity, phonetic: Phonetic): string[] {
  const { surname, sounds, birthDate, nhsNumber, postcode } = comparable(identity, phonetic);
  const found = new Set<string>();
  if (surname !== null) {
    found.add(`surname:${surname}`);
    found.add(`prefix:${surname.slice(0, PREFIX_LETTERS)}`);
  }
  for (const sound of sounds) if (sound !== '') found.add(`sound:${sound}`);
  if (birthDate !== null) {
    found.add(`born:${birthDate}`);
    found.add(`year:${birthDate.slice(0, 4)}`);
  }
  if (postcode !== null) {
    found.add(`postcode:${postcode}`);
    found.add(`sector:${sectorOf(postcode)}`);
  }
  if (nhsNumber !== null) found.add(`nhs:${nhsNumber}`);
  return [...found];
}
