import { z } from 'zod';
import type { FormError } from '#libs/pages';
import { furtherRoutes, limbAnswers, limbs, notSafeguardingReasons, outcomes } from '../words.js';
import { type Act, choices, errorsOf, filled, type Form, read, several, text } from './act.js';
import { wishesErrors, wishesFields, wishesPayload, wishesShape } from './wishes.js';

const shape = z.object({
  ...wishesShape,
  needs: text, needs_reason: text, risk: text, risk_reason: text, unable: text, unable_reason: text,
  outcome: text, reason: text, other_enquiry_reason: text, not_safeguarding_reason: text, further_routes: several, sar_referral: text,
});
type Typed = z.infer<typeof shape>;

/** Decides a concern: the three questions of section 42(1) one by one, one outcome, and why. */
export const decide: Act = {
  name: 'decide',
  command: 'TriageConcern',
  needs: 'concern.triage',
  link: 'Decide this concern',
  title: 'Decide this concern',
  button: 'Decide',
  done: 'The concern is decided.',
  tells: ['ConcernTriaged'],
  fields: {
    'concern/not-safeguarding-reason-required': 'not_safeguarding_reason',
    'concern/not-safeguarding-reason-unexpected': 'not_safeguarding_reason',
    'concern/other-enquiry-reason-unexpected': 'other_enquiry_reason',
    'concern/no-further-action-stands-alone': 'further_routes',
    'concern/limbs-exclude-s42-enquiry': 'outcome',
  },
  template: 'concern/decide.njk',
  form(concern, body): Form {
    const typed = read(shape, body);
    // Asked for where nobody has recorded them, and kept where a colleague did while they were typed.
    const hasWishes = concern.wishes === null || typed.wishes !== '';
    return { errors: [...errorsIn(typed), ...(hasWishes ? wishesErrors(typed) : [])], path: 'triage', payload: payloadOf(typed, hasWishes), fields: fieldsOf(typed, hasWishes) };
  },
};

/** What can be seen to be missing before it is sent; the service judges the rest. */
function errorsIn(typed: Typed): FormError[] {
  return errorsOf([
    ...limbs.flatMap(({ name, letter, question }) => [
      typed[name] === '' && { text: `Answer (${letter}): ${question}`, href: `#${name}` },
      typed[name] === 'cannot_yet_tell' && { text: `(${letter}) cannot be told yet, so this cannot be decided. Ask for what you need to know: the clocks go on meanwhile`, href: `#${name}` },
      typed[`${name}_reason`] === '' && { text: `Say how you judged (${letter})`, href: `#${name}_reason` },
    ]),
    typed.outcome === '' && { text: 'Choose an outcome', href: '#outcome' },
    typed.outcome === 'other_enquiry' && typed.other_enquiry_reason === '' && { text: 'Say why an enquiry is needed although the duty does not apply', href: '#other_enquiry_reason' },
    typed.sar_referral === '' && { text: 'Say whether it goes to the board for a Safeguarding Adults Review', href: '#sar_referral' },
    typed.reason === '' && { text: 'Give the reason for this decision', href: '#reason' },
  ]);
}

function payloadOf(typed: Typed, hasWishes: boolean): object {
  const answered = limbs.map(({ name }) => [name, { answer: typed[name], reason: typed[`${name}_reason`] }]);
  return {
    limbs: Object.fromEntries(answered) as object,
    outcome: typed.outcome,
    reason: typed.reason,
    furtherRoutes: typed.further_routes.filter((route) => route in furtherRoutes),
    sarReferral: typed.sar_referral === 'yes',
    ...filled({ otherEnquiryReason: typed.other_enquiry_reason, notSafeguardingReason: typed.not_safeguarding_reason }),
    ...(hasWishes ? { wishes: wishesPayload(typed) } : {}),
  };
}

function fieldsOf(typed: Typed, hasWishes: boolean): object {
  return {
    typed,
    limbs: limbs.map(({ name, letter, question, hint }) => ({ name, letter, question, hint, reason: typed[`${name}_reason`], items: choices(limbAnswers, typed[name]) })),
    outcomes: choices(outcomes, typed.outcome),
    notSafeguarding: [{ value: '', text: 'Does not apply' }, ...choices(notSafeguardingReasons)].map((item) => ({ ...item, selected: item.value === typed.not_safeguarding_reason })),
    furtherRoutes: choices(furtherRoutes, ...typed.further_routes),
    sar: choices({ yes: 'Yes', no: 'No' }, typed.sar_referral),
    wishes: hasWishes ? wishesFields(typed) : undefined,
  };
}
