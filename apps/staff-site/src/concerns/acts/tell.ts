import { z } from 'zod';
import { dayOf } from '#libs/pages';
import { paths } from '../../paths.js';
import { reachOf } from '../account.js';
import { close } from './close.js';
import type { ConcernCase } from '../shapes.js';
import { notSentReasons, orSentence } from '../words.js';
import { type Act, choices, errorsOf, filled, read, text } from './act.js';

const shape = z.object({ told: text, message: text, reason: text, safe: text });
const told = { yes: 'They have been told, by telephone or otherwise', no: 'They will not be told' };
const ways = { email: 'Send it by email', text: 'Send it by text message' } as const;
type Way = keyof typeof ways;

/** Tells whoever raised it what became of it, or says why not. */
export const tell: Act = {
  name: 'tell',
  command: 'TellReferrer',
  needs: 'concern.tell_referrer',
  link: 'Tell whoever raised it',
  title: 'Tell whoever raised it',
  button: 'Record',
  done: 'It is recorded. Under “Were they told” you see how it stands.',
  tells: ['ReferrerTold', 'ReferrerNotTold', 'MessageToReferrerWritten'],
  fields: { 'concern/contact-wishes-unread': 'safe', 'concern/contact-unsafe': 'told', 'concern/no-such-contact': 'told', 'concern/being-sent': 'told', 'concern/referrer-may-be-source': 'told', 'concern/message-required': 'message', 'concern/message-too-long': 'message' },
  template: 'concern/tell.njk',
  form(concern, body) {
    const typed = read(shape, body);
    const isTold = typed.told === 'yes';
    const open = waysOf(concern);
    const sends = open.find((way) => way === typed.told);
    const reach = reachOf(concern);
    return {
      errors: errorsOf([
        !(typed.told in told) && !sends && { text: 'Say whether whoever raised it was told', href: '#told' },
        isTold && typed.message === '' && { text: 'Keep what they were told', href: '#message' },
        sends !== undefined && typed.message === '' && { text: 'Write what is to be sent', href: '#message' },
        sends !== undefined && reach.wishes && typed.safe !== 'yes' && { text: 'Say that this way is one that they called safe', href: '#safe' },
        typed.told === 'no' && typed.reason === '' && { text: 'Say why they will not be told', href: '#reason' },
      ]),
      path: sends ? 'message' : 'feedback',
      payload: sends ? { way: sends, message: typed.message, isSafe: typed.safe === 'yes' } : isTold ? { told: true, ...filled({ message: typed.message }) } : { told: false, reason: typed.reason },
      fields: {
        items: choices({ ...sendable(concern, open), ...told }, typed.told),
        message: body === undefined ? (earlier(concern) ?? draft(concern)) : typed.message,
        reason: typed.reason,
        reach,
        canSend: open.length > 0,
        noTexts: reach.contacts.text !== undefined && !concern.ways.includes('text') && reach.contacts.text,
        isOnItsWay: Boolean(concern.sending),
        notSent: concern.notSent && orSentence(notSentReasons, concern.notSent.reason),
        safe: open.length > 0 && reach.wishes ? choices({ yes: 'I have read how they want to be reached, and this way is one that they called safe' }, typed.safe) : undefined,
        mayBeSource: concern.mayBeSource,
        closeHref: paths.concernAct(concern.id, close.name),
      },
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

/** By which ways a message can be sent from here: the service judges, and what they said of danger comes first. */
function waysOf(concern: ConcernCase): Way[] {
  const { isRisky, contacts } = reachOf(concern);
  if (concern.sentBy === 'nobody' || isRisky || !concern.permitted.includes('SendToReferrer')) return [];
  return (['email', 'text'] as const).filter((way) => contacts[way] !== undefined && concern.ways.includes(way));
}

const sendable = (concern: ConcernCase, open: Way[]): Record<string, string> => Object.fromEntries(open.map((way) => [way, `${ways[way]}, to ${reachOf(concern).contacts[way]}`]));

/** What was written last and did not arrive. */
const earlier = ({ notSent, story }: ConcernCase): string | undefined => (notSent ? (story.findLast(({ type }) => type === 'MessageToReferrerWritten')?.message ?? undefined) : undefined);

function draft(concern: ConcernCase): string {
  // Nothing is drafted for somebody who may be causing the harm.
  if (concern.mayBeSource) return '';
  const { reference, receivedAt, decision, referrerType } = concern;
  const more = referrerType === 'self' ? 'We will talk with you about what happens next.' : 'We cannot tell you more, since it is about somebody else’s private life.';
  return [
    `Thank you for telling us of your concern on ${dayOf(receivedAt)}. Our reference is ${reference}.`,
    `${became[decision?.outcome ?? ''] ?? 'We have looked into it.'} ${more}`,
    'If you are worried again, or things get worse, tell us. If somebody is in danger, call 999.',
  ].join('\n\n');
}
