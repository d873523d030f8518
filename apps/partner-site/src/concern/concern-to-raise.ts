import { Temporal } from 'temporal-polyfill';
import type { FormError } from '#libs/pages';
import { abuseTypes, areas, type Choice, consent, places, referrerTypes, sourcesOfRisk, wishesAsked, yesNo } from './choices.js';
import type { Typed } from './typed.js';

const LONGEST_WORDS = 20_000;
const WHERE_UNSURE = 'E06000062';

/** What keeps a form from being sent: only what could not be used at all. Nothing that is merely missing does. */
export function errorsIn(typed: Typed): FormError[] {
  const errors: (FormError | false)[] = [
    typed.worry === '' && { text: 'Tell us what you are worried about, even if it is only a few words', href: '#worry' },
    typed.worry.length > LONGEST_WORDS && { text: 'Tell us in 20,000 characters or fewer', href: '#worry' },
    !canBeFound(typed) && { text: 'Give us one way to find the person, or one way to reach you', href: '#given_name' },
    birth(typed) === 'wrong' && { text: 'Enter a real date of birth, such as 27 3 1941, or leave it empty', href: '#dob-day' },
    !isNhsNumber(typed.nhs_number) && { text: 'An NHS number has 10 digits; leave it empty if you do not have it', href: '#nhs_number' },
  ];
  return errors.filter((error) => error !== false);
}

/** The form as the triage service takes it. What was left empty, or is none of the choices, is left out. */
export function concernToRaise(typed: Typed) {
  const born = birth(typed);
  return {
    channel: 'online',
    authority: one(typed.authority, areas.slice(0, 2)) ?? WHERE_UNSURE,
    worry: typed.worry,
    person: filled({
      givenName: typed.given_name,
      familyName: typed.family_name,
      dateOfBirth: born === 'wrong' ? undefined : born,
      nhsNumber: digits(typed.nhs_number),
      address: typed.address,
      postcode: typed.postcode,
    }),
    referrer: filled({
      name: typed.referrer_name,
      role: typed.referrer_role,
      organisation: typed.organisation,
      email: typed.email,
      phone: typed.phone,
      type: one(typed.referrer_type, referrerTypes),
    }),
    abuseTypes: typed.abuse_types.filter((type) => one(type, abuseTypes)),
    ...filled({
      locationType: one(typed.location_type, places),
      sourceOfRisk: one(typed.source_of_risk, sourcesOfRisk),
      immediateRisk: one(typed.immediate_risk, yesNo),
      wishes: wishesOf(typed),
      consent: consentOf(typed),
    }),
  };
}

/** An answer that needs words and has none is left out, and so becomes something to ask for. */
function wishesOf({ wishes, wishes_words }: Typed) {
  const asked = one(wishes, wishesAsked);
  if (!asked || (asked !== 'asked_not_expressed' && wishes_words === '')) return undefined;
  return { asked, ...filled({ words: wishes_words }) };
}

function consentOf(typed: Typed) {
  const given = one(typed.consent, consent);
  return given && { given, ...filled({ why: typed.consent_why }) };
}

function canBeFound(typed: Typed): boolean {
  const ways = [typed.given_name, typed.family_name, typed.address, typed.postcode, typed.nhs_number, typed.email, typed.phone];
  return ways.some((way) => way !== '');
}

function birth({ dob_day, dob_month, dob_year }: Typed): string | undefined | 'wrong' {
  if (`${dob_day}${dob_month}${dob_year}` === '') return undefined;
  if (!/^\d{1,2} \d{1,2} \d{4}$/.test(`${dob_day} ${dob_month} ${dob_year}`)) return 'wrong';
  try {
    const date = { year: Number(dob_year), month: Number(dob_month), day: Number(dob_day) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return 'wrong';
  }
}

function isNhsNumber(typed: string): boolean {
  return typed === '' || /^\d{10}$/.test(digits(typed));
}

function digits(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '');
}

function one(value: string, choices: Choice[]): string | undefined {
  return choices.some((choice) => choice.value === value) ? value : undefined;
}

function filled<Value extends Record<string, unknown>>(values: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as Partial<Value>;
}
