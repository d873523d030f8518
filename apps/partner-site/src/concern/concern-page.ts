import { type FormError, messagesByField, visitor } from '#libs/pages';
import { paths } from '../paths.js';
import { abuseTypes, areas, type Choice, consent, places, referrerTypes, sourcesOfRisk, wishesAsked, yesNo } from './choices.js';
import type { Typed } from './typed.js';

/** Why a form comes back, other than its fields. */
export type Trouble = 'triage-away' | 'stale' | 'changed-after-sending' | 'not-understood' | 'sender-changed' | 'not-in-your-name';

const TROUBLES: Record<Trouble, { title: string; text: string }> = {
  'triage-away': { title: 'Your concern has not been sent', text: 'Our system does not answer. What you typed is still below: try again in a few minutes, or ring us.' },
  stale: { title: 'Send it once more', text: 'The form was open for too long, or your browser refused a cookie. What you typed is still below.' },
  'changed-after-sending': { title: 'You have sent this form before', text: 'The answers below differ from those that you sent. To send them as well, as another concern, send again.' },
  'sender-changed': { title: 'Your concern has not been sent', text: 'Whether you are signed in has changed since you opened this form. What you typed is still below. To send it in your organisation’s name, sign in first, in another tab; to send it as it is, send it now.' },
  'not-in-your-name': { title: 'Your concern has not been sent', text: 'It could not be sent in your name. What you typed is still below: sign out in another tab and send it again, or ring us.' },
  'not-understood': { title: 'Your concern has not been sent', text: 'Something in the answers could not be taken. Check them and send again, or ring us.' },
};

/** What the form shows: what was typed, what is wrong with it, and why it came back. */
export function concernPage(
  typed: Typed,
  { errors, trouble, csrf, phone }: { errors: FormError[]; trouble?: Trouble; csrf: string; phone: string },
) {
  return {
    title: 'Raise a concern about an adult',
    here: paths.newConcern(),
    action: paths.newConcern(),
    errors,
    messages: messagesByField(errors),
    trouble: trouble && TROUBLES[trouble],
    csrf,
    phone,
    typed: { ...typed, sender: senderNow() },
    immediateRisk: checked(yesNo, typed.immediate_risk),
    abuseTypes: checked(abuseTypes, ...typed.abuse_types),
    areas: checked(areas, typed.authority),
    wishes: checked(wishesAsked, typed.wishes),
    consent: checked(consent, typed.consent),
    places: selected(places, typed.location_type),
    sourcesOfRisk: selected(sourcesOfRisk, typed.source_of_risk),
    referrerTypes: selected(referrerTypes, typed.referrer_type),
    born: birthItems(typed, errors),
  };
}

/** Who would send a form that is opened now. */
export const senderNow = (): string => visitor()?.id ?? '';

function checked(choices: Choice[], ...chosen: string[]) {
  return choices.map((item) => ({ ...item, checked: chosen.includes(item.value) }));
}

function selected(choices: Choice[], chosen: string) {
  return [{ value: '', text: 'Choose, if you know' }, ...choices].map((item) => ({ ...item, selected: item.value === chosen }));
}

function birthItems(typed: Typed, errors: FormError[]) {
  const wrong = errors.some(({ href }) => href === '#dob-day') ? ' govuk-input--error' : '';
  const item = (part: 'day' | 'month' | 'year', width: number) => ({
    id: `dob-${part}`,
    name: `dob_${part}`,
    label: part.charAt(0).toUpperCase() + part.slice(1),
    value: typed[`dob_${part}`],
    classes: `govuk-input--width-${width}${wrong}`,
  });
  return [item('day', 2), item('month', 2), item('year', 4)];
}
