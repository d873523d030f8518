import type { FormError } from '#libs/pages';
import { toPassOn } from '../sent-on.js';
import { outcomeInWords } from '../words.js';
import { type Act, errorsOf, type Form } from './act.js';
import { decisionOf, isAsking, judgementOf, judgingFields, judgingFieldsByCode, overJudging, type Typed, typedIn, unplacedIn } from './judging.js';

/** Decides a concern: the three questions of section 42(1) one by one, how the person stands, one outcome, and why. What is missing the rules say. */
export const decide: Act = {
  name: 'decide',
  command: 'TriageConcern',
  needs: 'concern.triage',
  link: 'Decide this concern',
  title: 'Decide this concern',
  button: 'Decide',
  done: 'The concern is decided.',
  doneFor: (concern) => [`The concern is decided${concern.decision ? `: ${outcomeInWords(concern.decision.outcome)}` : ''}.`, toPassOn(concern)].filter(Boolean).join(' '),
  tells: ['ConcernTriaged', 'ConcernRouted', 'SecondLookDrawn'],
  fields: {
    ...judgingFieldsByCode,
    'concern/outcome-required': 'outcome',
    'concern/limbs-exclude-s42-enquiry': 'outcome',
    'concern/limbs-require-s42-enquiry': 'outcome',
    'concern/reason-required': 'reason',
    'concern/other-enquiry-reason-required': 'other_enquiry_reason',
    'concern/other-enquiry-reason-unexpected': 'other_enquiry_reason',
    'concern/not-safeguarding-reason-required': 'not_safeguarding_reason',
    'concern/not-safeguarding-reason-unexpected': 'not_safeguarding_reason',
    'concern/no-further-action-stands-alone': 'further_routes',
    'concern/no-further-action-leaves-undone': 'protection',
    'concern/other-authority-required': 'other_authority',
    'concern/other-authority-unexpected': 'other_authority',
    'concern/sar-referral-required': 'sar_referral',
  },
  template: 'concern/decide.njk',
  ...overJudging,
  form(concern, body): Form {
    const typed = typedIn(concern, body);
    return { errors: errorsIn(typed), path: 'triage', payload: { ...judgementOf(concern, typed), ...decisionOf(typed) }, fields: judgingFields(concern, typed, body === undefined) };
  },
};

/** What would be lost: a decision asks nobody for anything. */
const errorsIn = (typed: Typed): FormError[] => [
  ...unplacedIn(typed),
  ...errorsOf([isAsking(typed) && { text: 'You put down what to ask for, and a decision asks for nothing. Keep this for now instead, or take out what is asked for', href: '#ask' }]),
];
