import { z } from 'zod';
import { type FormError, messagesByField } from '#libs/pages';
import type { Called } from '../../colleagues.js';
import { paths } from '../../paths.js';
import { errorsOf, filled, text } from '../acts/act.js';
import { type ConcernCase, type PersonSeen } from '../shapes.js';
import { changesInWords } from '../timeline.js';
import { missingInWords } from '../words.js';
import type { Away } from '../../unless-away.js';

export const shape = z.object({ given_name: text, family_name: text, birth_date: text, nhs_number: text, address: text, postcode: text, reason: text });
export type Typed = z.infer<typeof shape>;

/** Each field with what people calls it, and what a concern may have come without. */
const fields = [
  { name: 'given_name', as: 'givenName', label: 'First name', item: 'person_name' },
  { name: 'family_name', as: 'familyName', label: 'Last name', item: 'person_name' },
  { name: 'birth_date', as: 'dateOfBirth', label: 'Date of birth', type: 'date', item: 'person_date_of_birth' },
  { name: 'nhs_number', as: 'nhsNumber', label: 'NHS number', item: undefined },
  { name: 'address', as: 'address', label: 'Address', item: 'person_address' },
  { name: 'postcode', as: 'postcode', label: 'Postcode', item: 'person_address' },
] as const;

/** As the form has it who somebody is. */
export function typedOf({ identity }: PersonSeen): Typed {
  const { givenName, familyName, birthDate, nhsNumber, nhsNumberAsWritten, address, postcode } = identity ?? {};
  return { given_name: givenName ?? '', family_name: familyName ?? '', birth_date: birthDate ?? '', nhs_number: nhsNumber ?? nhsNumberAsWritten ?? '', address: address ?? '', postcode: postcode ?? '', reason: '' };
}

/** What the form showed when somebody began to change it: a colleague's change since is left as it is. */
export function shownIn(body: unknown, now: Typed): Typed {
  try {
    return shape.parse(JSON.parse(z.object({ shown: z.string() }).parse(body).shown));
  } catch {
    return now;
  }
}

const changed = (typed: Typed, before: Typed) => fields.filter(({ name }) => typed[name] !== before[name]);

/** Only what was changed is sent; what was emptied is taken away. */
export const identityOf = (typed: Typed, before: Typed): object => Object.fromEntries(changed(typed, before).map(({ name, as }) => [as, typed[name] || null]));

export const isChanged = (typed: Typed, before: Typed): boolean => changed(typed, before).length > 0;

/** What the concern came without and is known of the person, whoever found it out. */
export const knownOf = (typed: Typed, { missing }: Pick<ConcernCase, 'missing'>): string[] => [
  ...new Set(fields.flatMap(({ name, item }) => (item && typed[name] !== '' && missing.includes(item) ? [item] : []))),
];

export const errorsIn = (typed: Typed, before: Typed, concern: ConcernCase): FormError[] =>
  errorsOf([
    !isChanged(typed, before) && knownOf(typed, concern).length === 0 && { text: 'Change what has to be put right', href: '#given_name' },
    typed.reason === '' && { text: 'Say how you know', href: '#reason' },
  ]);

/** The form on what a colleague wrote meanwhile: fields that were left alone have theirs, the others what was typed, with theirs beside it. */
export function onTopOf(now: Typed, typed: Typed, before: Typed): { typed: Typed; before: Typed; theirs: Partial<Typed> } {
  const mine = changed(typed, before);
  const differing = mine.filter(({ name }) => now[name] !== before[name] && now[name] !== typed[name]);
  return {
    typed: { ...now, ...Object.fromEntries(mine.map(({ name }) => [name, typed[name]])), reason: typed.reason },
    before: now,
    theirs: Object.fromEntries(differing.map(({ name }) => [name, now[name]])),
  };
}

interface Shown {
  typed: Typed;
  before: Typed;
  key: string;
  seen: number;
  csrf: string;
  called: Called;
  errors: FormError[];
  errorTitle?: string;
  changes?: Parameters<typeof changesInWords>[0] | undefined;
  away?: Away;
  isSentBefore?: true;
  /** What a colleague wrote meanwhile where something else is typed. */
  theirs?: Partial<Typed>;
}

type Field = (typeof fields)[number];
const hintOf = ({ name }: Field, theirs: Partial<Typed>) => (name in theirs ? { hint: { text: `Somebody recorded meanwhile: ${theirs[name] || 'nothing'}` } } : {});

/** Said on the page of the concern where whoever reads it put it right themselves: an address alone claims nothing that did not happen. */
export const putRightJustNow = (done: string, person: PersonSeen | undefined, me: string | undefined): string | undefined =>
  done === 'person' && person?.corrected?.by === me ? 'It is put right who the person is, in every record of this council.' : undefined;

/** The form by which it is put right who the person of a concern is. */
export function personPage(concern: ConcernCase, name: string, { typed, before, errors, called, changes, theirs = {}, ...form }: Shown) {
  const { id, reference } = concern;
  const messages = messagesByField(errors);
  const known = knownOf(before, concern);
  return {
    title: 'Who the person is',
    here: paths.queues(),
    backHref: paths.concern(id),
    action: paths.concernAct(id, 'person'),
    caption: `${reference}, ${name}`,
    button: 'Put it right',
    fields: { known: known.length > 0 && missingInWords(known), items: fields.map((field) => ({ ...field, ...filled({ type: 'type' in field ? field.type : '' }), ...hintOf(field, theirs), value: typed[field.name], error: messages[field.name] })), reason: typed.reason, shown: JSON.stringify({ ...before, reason: '' }) },
    errors,
    messages,
    changes: changes && changesInWords(changes, called),
    ...form,
  };
}
