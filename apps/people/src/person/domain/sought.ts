import { reasons } from './matching.js';
import { asAsked, comparable, compound, daySwapped, type Identity, isTold, type Phonetic, simple, traitsOf } from './tokens.js';

const { birth_date_same, birth_date_swapped, birth_year_same, given_name_same, postcode_same, surname_begins_same, surname_same } = reasons;

/** More than everything else together: whoever has the same number is never among those for whom there is no room. */
const aboveAll = 1_000;

/** By kind, what each part of a token may come to at most for those who share it: whoever may be most alike is compared first. */
const weights: Readonly<Record<string, readonly number[]>> = {
  nhs: [aboveAll],
  born: [birth_date_same.weight],
  name: [surname_same.weight, given_name_same.weight, birth_year_same.weight],
  near: [surname_same.weight, postcode_same.weight, birth_year_same.weight],
  cut: [surname_begins_same.weight, given_name_same.weight, postcode_same.weight, birth_year_same.weight],
  called: [given_name_same.weight, postcode_same.weight, birth_year_same.weight, 0],
};

const isLookedUp = (token: string): boolean => token.slice(0, token.indexOf(':')) in weights;

function weightOf(token: string): number {
  const [kind, ...parts] = token.split(':');
  return parts.reduce((sum, part, at) => (isTold(part) ? sum + weights[kind!]![at]! : sum), 0);
}

/** The tokens by which somebody is looked for who may be the same, and what each says: also their date of birth with day and month swapped. */
export function sought(identity: Identity, phonetic: Phonetic): Map<string, number> {
  const whole = comparable(identity, phonetic);
  const found = new Map([...simple(whole).filter(isLookedUp), ...compound(traitsOf(whole), asAsked)].map((token) => [token, weightOf(token)]));
  const swapped = daySwapped(identity.birthDate);
  if (swapped !== null) found.set(`born:${swapped}`, birth_date_swapped.weight);
  return found;
}
