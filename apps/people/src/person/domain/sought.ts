import { matchBands, reasons } from './matching.js';
import { type Identity, type Phonetic, tokens } from './tokens.js';

/** What each kind of token says for whoever shares it: what it adds to the score where nothing speaks against it. */
const weights: Readonly<Record<string, number>> = {
  nhs: reasons.nhs_number_same.weight,
  born: reasons.birth_date_same.weight,
  year: reasons.birth_year_same.weight,
  surname: reasons.surname_same.weight,
  sound: reasons.surname_sounds_same.weight,
  prefix: reasons.surname_begins_same.weight,
  postcode: reasons.postcode_same.weight,
  sector: reasons.postcode_sector_same.weight,
};

/** Whoever shares less is not even possibly the same: a given name, by which nobody is found, adds this much at most. */
export const LEAST_SHARED = matchBands.possible - reasons.given_name_same.weight;

/** The tokens by which somebody is looked for, and what each says: their own, and their date of birth with day and month swapped, beside the year that is shared then. */
export function sought(identity: Identity, phonetic: Phonetic): Map<string, number> {
  const found = new Map(tokens(identity, phonetic).map((token) => [token, weights[token.slice(0, token.indexOf(':'))]!]));
  const [year, month, day] = identity.birthDate?.split('-') ?? [];
  if (month !== day) found.set(`born:${year}-${day}-${month}`, reasons.birth_date_swapped.weight - reasons.birth_year_same.weight);
  return found;
}
