import type { FormError } from '#libs/pages';
import { furtherRoutes, limbs } from '../words.js';
import { type Act, errorsOf, filled, type Form } from './act.js';
import { circumstancesFields, personErrors, protectionErrors } from './circumstances.js';
import { hasWishes, judgementOf, judgingFields, type Typed, typedIn } from './judging.js';
import { wishesErrors } from './wishes.js';

/** Decides a concern: the three questions of section 42(1) one by one, how the person stands, one outcome, and why. */
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
    ...circumstancesFields,
    'concern/not-safeguarding-reason-required': 'not_safeguarding_reason',
    'concern/not-safeguarding-reason-unexpected': 'not_safeguarding_reason',
    'concern/other-enquiry-reason-unexpected': 'other_enquiry_reason',
    'concern/no-further-action-stands-alone': 'further_routes',
    'concern/limbs-exclude-s42-enquiry': 'outcome',
    'concern/limbs-require-s42-enquiry': 'outcome',
  },
  template: 'concern/decide.njk',
  form(concern, body): Form {
    const typed = typedIn(concern, body);
    return { errors: errorsIn(typed, hasWishes(concern, typed)), path: 'triage', payload: payloadOf(typed), fields: judgingFields(concern, typed, body === undefined) };
  },
};

/** What can be seen to be missing before it is sent, in the order of the page; the service judges the rest. */
const errorsIn = (typed: Typed, areWishesAsked: boolean): FormError[] => [
  ...protectionErrors(typed, true),
  ...errorsOf(limbErrors(typed)),
  ...(areWishesAsked ? wishesErrors(typed) : []),
  ...personErrors(typed, true),
  ...errorsOf(decisionErrors(typed)),
];

const limbErrors = (typed: Typed): (FormError | false)[] =>
  limbs.flatMap(({ name, letter, question }) => [
    typed[name] === '' && { text: `Answer (${letter}): ${question}`, href: `#${name}` },
    typed[name] === 'cannot_yet_tell' && { text: `(${letter}) cannot be told yet, so this cannot be decided. Keep what can be told so far, at the end of the page, and ask for what you need to know: the clocks go on meanwhile`, href: `#${name}` },
    typed[`${name}_reason`] === '' && { text: `Say how you judged (${letter})`, href: `#${name}_reason` },
  ]);

const decisionErrors = (typed: Typed): (FormError | false)[] => [
  typed.outcome === '' && { text: 'Choose an outcome', href: '#outcome' },
  typed.reason === '' && { text: 'Give the reason for this decision', href: '#reason' },
  typed.outcome === 'other_enquiry' && typed.other_enquiry_reason === '' && { text: 'Say why an enquiry is needed although the duty does not apply', href: '#other_enquiry_reason' },
  typed.sar_referral === '' && { text: 'Say whether it goes to the board for a Safeguarding Adults Review', href: '#sar_referral' },
];

const payloadOf = (typed: Typed): object => ({
  ...judgementOf(typed),
  outcome: typed.outcome,
  reason: typed.reason,
  furtherRoutes: typed.further_routes.filter((route) => route in furtherRoutes),
  sarReferral: typed.sar_referral === 'yes',
  ...filled({ otherEnquiryReason: typed.other_enquiry_reason, notSafeguardingReason: typed.not_safeguarding_reason }),
});
