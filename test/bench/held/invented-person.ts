import { personCells, type Plan, randomOf } from '../../oracle/invented.ts';
import type { Random } from '../../oracle/random.ts';
import type { Characteristics } from '#apps/people/src/person/domain/parts';
import { personIdOf } from './ids.ts';

/** Somebody invented: what a record says of who they are, and what may be counted about them. */
export interface HeldPerson {
  id: string;
  said: { givenName: string; familyName: string; dateOfBirth: string; nhsNumber?: string; postcode: string };
  characteristics: Characteristics;
}

const parts = [
  ['', 'B', 'Bl', 'C', 'Cr', 'D', 'F', 'Fl', 'G', 'Gr', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'St', 'T', 'Tr', 'V', 'W'],
  ['a', 'e', 'i', 'o', 'u'],
  ['b', 'd', 'l', 'm', 'n', 'r', 's', 'v'],
  ['by', 'cott', 'dale', 'ett', 'field', 'gate', 'ham', 'ick', 'kin', 'ley', 'mere', 'ness', 'over', 'port', 'row', 'son', 'ton', 'urst', 'ville', 'wick'],
] as const;
const surnames = parts.reduce((count, choices) => count * choices.length, 1);

/** The less, the more often the commonest are met. */
const steep = 15;

/** A few names are met often and most hardly ever, as names are: of so many people, about one in a hundred has the commonest. */
function surname(random: Random): string {
  const rank = Math.floor(steep * (Math.exp(random.next() * Math.log(surnames / steep + 1)) - 1));
  let mixed = (rank * 4_001) % surnames;
  const name = parts.map((choices) => {
    const chosen = choices[mixed % choices.length]!;
    mixed = Math.floor(mixed / choices.length);
    return chosen;
  }).join('');
  return name[0]!.toUpperCase() + name.slice(1);
}

const letters = 'ABDEFGHJLNPQRSTUWXYZ';
const postcode = (random: Random): string => `NN${1 + random.below(29)} ${random.below(10)}${letters[random.below(letters.length)]!}${letters[random.below(letters.length)]!}`;

const numbers = 1_000_000;

/** Of the range that is never given to anyone, nobody else's; nothing where no check digit fits, or there are no more. */
function nhsNumber(person: number): string | undefined {
  if (person >= numbers) return undefined;
  const digits = `999${String((person * 48_271) % numbers).padStart(6, '0')}`;
  const check = (11 - ([...digits].reduce((sum, digit, place) => sum + Number(digit) * (10 - place), 0) % 11)) % 11;
  return check === 10 ? undefined : digits + String(check);
}

/** The person of a number: the same for the same plan. */
export function heldPerson(plan: Plan, number: number): HeldPerson {
  const cells = personCells(plan, number);
  const random = randomOf(plan.seed, 7, number);
  const known = nhsNumber(number);
  return {
    id: personIdOf(plan, number),
    said: { givenName: cells['given_name']!, familyName: surname(random), dateOfBirth: cells['date_of_birth']!, ...(known ? { nhsNumber: known } : {}), postcode: postcode(random) },
    characteristics: {
      gender: cells['gender'] as Characteristics['gender'],
      ethnicity: cells['ethnicity'] as Characteristics['ethnicity'],
      primarySupportReason: cells['primary_support_reason'] as Characteristics['primarySupportReason'],
      localArea: cells['local_area']!,
    },
  };
}
