import { z } from 'zod';

const text = z.string().catch('').transform((typed) => typed.trim().replaceAll('\r\n', '\n'));
const several = z.preprocess((typed) => (typed === undefined ? [] : [typed].flat()), z.array(z.string()).catch([]));

/** Everything that can be typed in the form, as text; whatever is missing is empty. */
const typed = z.object({
  worry: text,
  immediate_risk: text,
  abuse_types: several,
  location_type: text,
  source_of_risk: text,
  given_name: text,
  family_name: text,
  dob_day: text,
  dob_month: text,
  dob_year: text,
  address: text,
  postcode: text,
  nhs_number: text,
  authority: text,
  wishes: text,
  wishes_words: text,
  consent: text,
  consent_why: text,
  referrer_name: text,
  referrer_role: text,
  organisation: text,
  referrer_type: text,
  email: text,
  phone: text,
  idempotency_key: text,
  /** Who was signed in when the form was opened; nobody: empty. */
  sender: text,
});

export type Typed = z.infer<typeof typed>;

/** Reads a form, whatever was sent. */
export function readTyped(body: unknown): Typed {
  return typed.parse(typeof body === 'object' && body !== null ? body : {});
}
