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

/** In a token: a part that whoever is found does not know, and one about which it says nothing. */
const [unknown, whatever] = ['?', '*'];

/** The ways in which a part is written that may not be known. */
type Ways = (part: string | null) => string[];

/**
 * How whoever is found keeps a part, and how whoever looks for them asks for it: two who both know it meet only where it is
 * the same, and where either does not it keeps nobody apart.
 */
export const asKept: Ways = (part) => [part ?? unknown, whatever];
export const asAsked: Ways = (part) => (part === null ? [whatever] : [part, unknown]);

/** Whether a part of a token is something that those who share the token have in common. */
export const isTold = (part: string): boolean => part !== unknown && part !== whatever;

/**
 * What somebody can be found by, each with its kind in front. Plain words: they are keyed before they are kept
 * or looked up, and never written as they are.
 */
export function tokens(identity: Identity, phonetic: Phonetic): string[] {
  const whole = comparable(identity, phonetic);
  return [...new Set([...simple(whole), ...compound(traitsOf(whole), asKept)])];
}

/** One thing each. A date of birth and an NHS number lead to few; the others are what a search starts from, and too many for matching. */
export const simple = ({ surname, sounds, birthDate, nhsNumber, postcode }: Comparable): string[] => [
  ...each('nhs', only(nhsNumber)),
  ...each('born', only(birthDate)),
  ...each('surname', only(surname)),
  ...each('sound', sounds.filter(Boolean)),
  ...each('postcode', only(postcode)),
];

/** What a compound token says of somebody. */
export interface Traits extends Pick<Comparable, 'given' | 'surname' | 'sounds' | 'postcode'> {
  birthYear: string | null;
}

export const traitsOf = (identity: Comparable): Traits => ({ ...identity, birthYear: yearOf(identity.birthDate) });

export const yearOf = (day: Day | null): string | null => day?.slice(0, 4) ?? null;

/** The day that is meant where day and month were swapped; null where that is the same, or none. */
export function daySwapped(birthDate: Day | null): Day | null {
  const [year, month, day] = birthDate?.split('-') ?? [];
  return day === month || Number(day) > 12 ? null : `${year}-${day}-${month}`;
}

/**
 * Several things at once, so that only those share one who may come to a suggestion by the weights of `matching.ts` where
 * neither the NHS number nor the date of birth is the same: the surname, even with a year or a part of a town, leads to
 * hundreds of others. Two years of birth that differ weigh more than all else together.
 */
export function compound({ given, surname, sounds, postcode, birthYear }: Traits, ways: Ways): string[] {
  const initial = given?.[0] ?? null;
  const sector = postcode === null ? null : sectorOf(postcode);
  const heard = sounds.filter(Boolean);
  const years = ways(birthYear);
  const besides = ways(initial).flatMap((first) => years.filter((year) => isTold(first) || isTold(year)).map((year) => `${first}:${year}`));
  return [
    // A surname in which there is nothing to hear sounds like itself alone.
    ...each('name', heard.length > 0 ? heard : only(surname), besides),
    ...each('near', only(surname), only(sector), years),
    ...each('cut', only(surname?.slice(0, PREFIX_LETTERS) ?? null), only(initial), only(sector), years),
    // Where one of the two has told no surname.
    ...each('called', only(initial), only(postcode), only(birthYear), ways(surname).filter((one) => !isTold(one))),
  ];
}

const only = (part: string | null): string[] => (part === null ? [] : [part]);

/** A token for each choice of the parts. */
const each = (kind: string, ...parts: string[][]): string[] =>
  parts.reduce((found, choices) => found.flatMap((begun) => choices.map((part) => `${begun}:${part}`)), [kind]);
