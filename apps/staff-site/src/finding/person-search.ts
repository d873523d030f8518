import { z } from 'zod';
import { dayInWords, dayOf, type FormError, messagesByField } from '#libs/pages';
import { errorsOf, filled, text } from '../concerns/acts/act.js';
import type { AboutPeople } from '../concerns/about-people.js';
import { statuses } from '../concerns/words.js';
import { may } from '../may.js';
import { paths } from '../paths.js';
import type { Away } from '../unless-away.js';

export const typed = z.object({ family_name: text, given_name: text, 'born-day': text, 'born-month': text, 'born-year': text, postcode: text, nhs_number: text, why: text });
export type Typed = z.infer<typeof typed>;

export const found = z.object({
  people: z.array(z.object({
    id: z.string(), givenName: z.string().nullable(), familyName: z.string().nullable(), birthDate: z.string().nullable(), postcode: z.string().nullable(),
    reasons: z.array(z.object({ words: z.string() })), isByJoined: z.boolean(),
    records: z.array(z.object({ recordId: z.string(), recordKind: z.enum(['concern', 'dols_request']), receivedOn: z.string() })),
  })),
  mayBeMore: z.boolean(),
});
export type Found = z.infer<typeof found>;

const longestWhy = 500;
const notADay = 'Give a real date of birth, or only the year';

/** What can be told to be wrong before anybody is asked. */
export function errorsIn({ why, ...sought }: Typed): FormError[] {
  const [day, month, year] = [sought['born-day'], sought['born-month'], sought['born-year']];
  const isEmpty = !Object.values(sought).some(Boolean);
  const isWhole = [day, month, year].every(Boolean) || (!day && !month);
  return errorsOf([
    isEmpty && { text: 'Give something to look for them by: the NHS number, or the last name, or the date of birth with the postcode', href: '#family_name' },
    (!isWhole || ![day, month, year].every((part) => /^\d{0,4}$/.test(part))) && { text: notADay, href: '#born-day' },
    (why === '' || why.length > longestWhy) && { text: 'Say why you look for them, such as who rang and what they asked', href: '#why' },
  ]);
}

/** What is sent: the day, or only the year where no more is known. */
export function wanted({ why, ...sought }: Typed): object {
  const [day, month, year] = [sought['born-day'], sought['born-month'], sought['born-year']];
  const dateOfBirth = day && `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return {
    ...filled({ familyName: sought.family_name, givenName: sought.given_name, dateOfBirth, postcode: sought.postcode, nhsNumber: sought.nhs_number }),
    ...(!day && year ? { yearOfBirth: Number(year) } : {}),
    why,
  };
}

const refusal = z.object({ detail: z.string().catch('This cannot be searched for.'), issues: z.array(z.object({ field: z.string(), message: z.string() })).catch([]) });
const fieldOf: Record<string, string> = { familyName: 'family_name', givenName: 'given_name', dateOfBirth: 'born-day', yearOfBirth: 'born-year', postcode: 'postcode', nhsNumber: 'nhs_number', why: 'why' };

/** What the service says is wrong, each at its field; what is missing, at the first. */
export function refusedIn(body: unknown): FormError[] {
  const { detail, issues } = refusal.parse(body ?? {});
  if (issues.length === 0) return [{ text: detail, href: '#family_name' }];
  return issues.map(({ field, message }) => ({ text: field === 'dateOfBirth' ? notADay : message, href: `#${fieldOf[field] ?? 'family_name'}` }));
}

interface Line {
  text: string;
  href?: string;
  sub?: string;
}

/** What is recorded about somebody: their concerns as triage tells them, and those that people alone knows of. */
function recordsOf({ id, records }: Found['people'][number], concerns: AboutPeople = []): Line[] {
  const told = concerns.filter(({ personId }) => personId === id);
  const known = told.map(({ id: concern, reference, status, receivedAt }) => ({ text: reference, href: paths.concern(concern), sub: `${statuses[status]}, received ${dayOf(receivedAt)}` }));
  const plain = records.filter(({ recordKind, recordId }) => recordKind === 'concern' && !told.some((one) => one.id === recordId)).map(({ recordId, receivedOn }, at) => ({ text: `Concern ${at + 1}`, ...(may('concern.read_case') ? { href: paths.concern(recordId) } : {}), sub: `Received ${dayInWords(receivedOn)}` }));
  const requests = records.filter(({ recordKind }) => recordKind === 'dols_request').map(({ receivedOn }) => ({ text: 'DoLS request', sub: `Received ${dayInWords(receivedOn)}` }));
  return [...known, ...plain, ...requests];
}

/** Whoever fits, as the table shows them. */
export const rowsOf = ({ people }: Found, concerns: AboutPeople | undefined) =>
  people.map((person) => ({
    name: [person.givenName, person.familyName].filter(Boolean).join(' ') || 'Name not known',
    born: person.birthDate ? dayInWords(person.birthDate) : 'Not known',
    postcode: person.postcode ?? 'Not known',
    reasons: [...person.reasons.map(({ words }) => words), ...(person.isByJoined ? ['Recorded so before they were joined with this person'] : [])],
    records: recordsOf(person, concerns),
  }));

function summaryOf({ people, mayBeMore }: Found): string {
  if (people.length === 0) return 'Nobody was found.';
  const many = people.length === 1 ? 'One person fits.' : `${people.length} people fit, the best first.`;
  return mayBeMore ? `${many} There may be more: narrow it down with more of what is known.` : many;
}

const parts = [['born-day', 'Day', 2], ['born-month', 'Month', 2], ['born-year', 'Year', 4]] as const;

interface Shown {
  csrf: string;
  errors?: FormError[];
  away?: Away;
  result?: { found: Found; concerns: AboutPeople | undefined };
}

/** The form, with what was found over it. */
export function personSearchPage(sought: Typed, { errors = [], result, ...shown }: Shown) {
  const messages = messagesByField(errors);
  const wrongDay = parts.map(([name]) => messages[name]).find(Boolean);
  return {
    title: 'Find a person',
    here: paths.findPerson(),
    action: paths.findPerson(),
    // The field above every page has `sought`.
    typed: sought,
    errors,
    messages,
    born: {
      items: parts.map(([name, label, width]) => ({ id: name, name, label, value: sought[name], classes: `govuk-input--width-${width}${wrongDay ? ' govuk-input--error' : ''}` })),
      wrong: wrongDay,
    },
    ...(result ? { summary: summaryOf(result.found), rows: rowsOf(result.found, result.concerns), isSearched: true, again: result.found.mayBeMore ? 'Narrow it down' : 'Search again' } : {}),
    ...shown,
  };
}
