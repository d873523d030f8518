import { z } from 'zod';
import { dayOf } from '#libs/pages';
import { accountOf, contactOf, safetyOfContact } from '../account.js';
import type { ConcernCase } from '../shapes.js';
import { type Act, choices, errorsOf, filled, read, text } from './act.js';

const shape = z.object({ told: text, message: text, reason: text });
const told = { yes: 'They have been told', no: 'They will not be told' };

/** Tells whoever raised it what became of it, or says why not. */
export const tell: Act = {
  name: 'tell',
  command: 'TellReferrer',
  needs: 'concern.tell_referrer',
  link: 'Tell whoever raised it',
  title: 'Tell whoever raised it',
  button: 'Record',
  done: 'It is recorded whether whoever raised it was told.',
  tells: ['ReferrerTold', 'ReferrerNotTold'],
  template: 'concern/tell.njk',
  form(concern, body) {
    const typed = read(shape, body);
    const account = accountOf(concern);
    const isTold = typed.told === 'yes';
    return {
      errors: errorsOf([
        !(typed.told in told) && { text: 'Say whether whoever raised it was told', href: '#told' },
        isTold && typed.message === '' && { text: 'Keep what they were told', href: '#message' },
        typed.told === 'no' && typed.reason === '' && { text: 'Say why they will not be told', href: '#reason' },
      ]),
      path: 'feedback',
      payload: isTold ? { told: true, ...filled({ message: typed.message }) } : { told: false, reason: typed.reason },
      fields: { items: choices(told, typed.told), message: body === undefined ? draft(concern) : typed.message, reason: typed.reason, contact: contactOf(account), safety: safetyOfContact(account), mayBeSource: mayBeSource(concern) },
    };
  },
};

/** What may be said to whoever raised a concern, in words for them; of the person and the findings, nothing. */
const became: Record<string, string> = {
  s42_enquiry: 'We are making enquiries under section 42 of the Care Act 2014. We may get in touch with you again.',
  other_enquiry: 'We are looking into it further. We may get in touch with you again.',
  adult_risk_management: 'We are working with others on the risk that you told us of.',
  care_act_assessment: 'We are looking at what care and support is needed.',
  quality_team: 'It is for the team that looks after the quality of services.',
  other_authority: 'It falls to another council.',
  no_further_action: 'We have decided that we need not take it further.',
};

const fromServices = ['care_home', 'home_care', 'nhs_acute', 'nhs_community', 'nhs_mental_health', 'housing', 'voluntary_sector'];

/** Whether whoever raised it may be the one who causes the harm, or be close to them: nothing is drafted for them then. */
const mayBeSource = ({ sourceOfRisk, referrerType }: ConcernCase): boolean =>
  (sourceOfRisk === 'service_provider' && fromServices.includes(referrerType ?? '')) || (sourceOfRisk === 'known_to_individual' && referrerType === 'family_or_friend');

function draft(concern: ConcernCase): string {
  if (mayBeSource(concern)) return '';
  const { reference, receivedAt, decision, referrerType } = concern;
  const more = referrerType === 'self' ? 'We will talk with you about what happens next.' : 'We cannot tell you more, since it is about somebody else’s private life.';
  return [
    `Thank you for telling us of your concern on ${dayOf(receivedAt)}. Our reference is ${reference}.`,
    `${became[decision?.outcome ?? ''] ?? 'We have looked into it.'} ${more}`,
    'If you are worried again, or things get worse, tell us. If somebody is in danger, call 999.',
  ].join('\n\n');
}
