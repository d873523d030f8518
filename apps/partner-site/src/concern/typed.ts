import { z } from 'zod';

const texts = [
  'whose', 'given_name', 'family_name', 'dob_day', 'dob_month', 'dob_year', 'age', 'address', 'postcode', 'authority',
  'person_contact', 'nhs_number', 'gender', 'ethnicity', 'support_reason', 'needs', 'circle', 'services', 'died',
  'worry', 'when', 'known',
  'location_type', 'place', 'source_of_risk', 'alleged',
  'second_abuse_type', 'second_location_type', 'second_source_of_risk', 'third_abuse_type', 'third_location_type', 'third_source_of_risk',
  'immediate_risk', 'done', 'police_told', 'police_reference',
  'consent', 'consent_why', 'wishes', 'wishes_words', 'capacity', 'advocate',
  'others_words',
  'referrer_name', 'referrer_type', 'referrer_role', 'organisation', 'own_reference', 'email', 'phone', 'contact_risky', 'safe_contact',
] as const;
const lists = ['abuse_types', 'others_at_risk'] as const;

export type TextName = (typeof texts)[number];
export type ListName = (typeof lists)[number];
export type Name = TextName | ListName;

/** Everything that can be typed in the form; whatever is missing is empty. */
export type Typed = Record<TextName, string> & Record<ListName, string[]>;

const text = z.string().catch('').transform((typed) => typed.trim().replaceAll('\r\n', '\n'));
const several = z.preprocess((typed) => (typed === undefined ? [] : [typed].flat()), z.array(z.string()).catch([])).transform((chosen) => [...new Set(chosen)].slice(0, 20));
const typed = z.object({ ...Object.fromEntries(texts.map((name) => [name, text])), ...Object.fromEntries(lists.map((name) => [name, several])) });

/** Reads a form or a draft, whatever was sent. */
export function readTyped(body: unknown): Typed {
  return typed.parse(typeof body === 'object' && body !== null ? body : {}) as unknown as Typed;
}

/** The answers with those of one step in their place. */
export function withAnswers(answers: Typed, names: readonly Name[], given: Typed): Typed {
  return { ...answers, ...Object.fromEntries(names.map((name) => [name, given[name]])) };
}
