import { type ReasonCode, reasons, type Score, score } from './matching.js';
import { normalisePostcode, normaliseSurname } from './names.js';
import { asAsked, type Comparable, comparable, compound, daySwapped, type Identity, type Phonetic, simple, type Traits, yearOf } from './tokens.js';

/** What somebody who asks for a person knows of them; null where they do not. */
export interface SearchTerms extends Identity {
  /** Where the day is not known. */
  birthYear: number | null;
}

/** Somebody who may be asked for, and who stands for them today. */
export interface Candidate {
  personId: string;
  /** The one that remains of those who were joined; themselves, where nobody was. */
  remaining: string;
  compared: Comparable;
}

export interface Hit extends Score {
  remaining: string;
  /** By whose identity they were found: another than theirs where that one was joined into them. */
  foundBy: string;
}

/** A surname that sounds the same is the least that finds somebody by itself. */
export const LEAST_SOUGHT = reasons.surname_sounds_same.weight;
/** More than this nobody reads through: whoever asks says more of whom they mean. */
export const MOST_SHOWN = 20;

export const howToFind = 'Give an NHS number, or a surname, or a date of birth with a postcode. Without one of these too many people would fit.';

/** Whether this can find somebody: a given name, a year, a day or a postcode alone fits half a town. */
export const canFind = ({ nhsNumber, familyName, birthDate, postcode }: SearchTerms): boolean =>
  nhsNumber !== null || isSurname(familyName) || (birthDate !== null && postcode !== null);

/** Whether there is a letter in it, by which a name is compared. */
export const isSurname = (text: string | null): boolean => text !== null && normaliseSurname(text) !== '';

const kinds: [keyof SearchTerms, string][] = [
  ['familyName', 'surname'],
  ['givenName', 'given name'],
  ['birthDate', 'date of birth'],
  ['birthYear', 'year of birth'],
  ['postcode', 'postcode'],
  ['nhsNumber', 'NHS number'],
];

/** What is known of whoever asks, as far as their provider tells. */
export interface Own {
  surname?: string | undefined;
  postcode?: string | undefined;
}

/** What a search is called where it is recorded: by which kinds of words, and none of them. */
export const searchedBy = (terms: SearchTerms, { surname, postcode }: Own = {}): string =>
  `person search by ${kinds.filter(([kind]) => terms[kind] !== null).map(([, words]) => words).join(', ')}${isSameSurname(surname ?? null, terms.familyName) ? ' (own surname)' : ''}${atOwnPostcode(postcode, terms.postcode)}`;

/** Whether somebody asks for people who are called as they are. */
export const isSameSurname = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && isSurname(one) && normaliseSurname(one) === normaliseSurname(other);

/** Said of a reading that looks at where whoever reads lives, themselves or next door: a postcode is some fifteen houses. */
export function atOwnPostcode(own: string | undefined, other: string | null | undefined): string {
  const lives = own === undefined ? null : normalisePostcode(own);
  return lives !== null && other && normalisePostcode(other) === lives ? ' (own postcode)' : '';
}

/** What each kind of token says for whoever shares it, by itself. */
const weights: Readonly<Record<string, number>> = {
  nhs: reasons.nhs_number_same.weight,
  born: reasons.birth_date_same.weight,
  surname: reasons.surname_same.weight,
  sound: reasons.surname_sounds_same.weight,
  postcode: reasons.postcode_same.weight,
};
const { birth_date_swapped, birth_year_same, given_name_initial_same, postcode_sector_same } = reasons;

/** The tokens by which somebody is asked for, and what each says. What only puts those in order who share a surname says less than finds anybody. */
export function searchTokens(terms: SearchTerms, phonetic: Phonetic): Map<string, number> {
  const whole = comparable(terms, phonetic);
  const { given, surname, sounds, postcode } = whole;
  const named = { surname, sounds, given: null, postcode: null, birthYear: null };
  const swapped = daySwapped(terms.birthDate);
  return new Map([
    ...simple(whole).map((token) => [token, weights[token.slice(0, token.indexOf(':'))]!] as const),
    ...(swapped === null ? [] : [[`born:${swapped}`, birth_date_swapped.weight - birth_year_same.weight] as const]),
    ...alsoSaid({ ...named, given }, given_name_initial_same.weight),
    ...alsoSaid({ ...named, birthYear: terms.birthYear?.toString() ?? yearOf(terms.birthDate) }, birth_year_same.weight),
    ...alsoSaid({ ...named, postcode }, postcode_sector_same.weight),
  ]);
}

/** A surname with one thing more. */
const alsoSaid = (traits: Traits, weight: number): [string, number][] => compound(traits, asAsked).map((token) => [token, weight]);

/** Those who fit, each person once, the best first: as whichever of the identities that were joined in them fits best. */
export function hits(terms: SearchTerms, candidates: readonly Candidate[], phonetic: Phonetic): Hit[] {
  const asked = comparable(terms, phonetic);
  const found = candidates
    .map(({ personId, remaining, compared }) => ({ remaining, foundBy: personId, ...fit(terms, asked, compared) }))
    .filter((hit) => hit.score >= LEAST_SOUGHT)
    .toSorted((a, b) => b.score - a.score || Number(b.foundBy === b.remaining) - Number(a.foundBy === a.remaining) || (a.foundBy < b.foundBy ? -1 : 1));
  return [...Map.groupBy(found, ({ remaining }) => remaining).values()].map(([best]) => best!);
}

/** How well somebody fits what is known of whom is asked for. */
function fit({ birthYear }: SearchTerms, asked: Comparable, other: Comparable): Score {
  const found = score(asked, other);
  if (birthYear === null || other.birthDate === null) return found;
  const code: ReasonCode = yearOf(other.birthDate) === String(birthYear) ? 'birth_year_same' : 'birth_date_differs';
  const { weight } = reasons[code];
  return { score: found.score + weight, reasons: [...found.reasons, { code, weight }].toSorted((x, y) => Math.abs(y.weight) - Math.abs(x.weight)) };
}
