import { z } from 'zod';
import { dayOf } from '#libs/pages';
import { authorityName } from '../../authorities.js';
import { paths } from '../../paths.js';
import { reachOf } from '../account.js';
import { close } from './close.js';
import { namesToFear } from './names-to-fear.js';
import type { ConcernCase } from '../shapes.js';
import { notSentReasons, orSentence } from '../words.js';
import { type Act, choices, type Choosing, errorsOf, filled, read, text } from './act.js';

const shape = z.object({ told: text, message: text, reason: text, safe: text, checked: text, do: text });
type Typed = z.infer<typeof shape>;
const told = { yes: 'They have been told, by telephone or otherwise', no: 'They will not be told' };
const ways = { email: 'Send it by email', text: 'Send it by text message', page: 'Show it on their own page, where they sign in' } as const;
type Way = keyof typeof ways;

/** Tells whoever raised it what became of it, or says why not; also where they were told before and a further message did not arrive. */
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
  form(concern, body, among) {
    const typed = read(shape, body);
    const isTold = typed.told === 'yes';
    const { open, sends, payload, ...writing } = writingOf(concern, typed, among);
    // A further message did not arrive: they were told before.
    const isAgain = concern.feedback === 'told';
    return {
      isFinding: writing.isFinding,
      errors: errorsOf([
        !(typed.told in told) && !sends && { text: 'Say whether whoever raised it was told', href: '#told' },
        isTold && typed.message === '' && { text: 'Keep what they were told', href: '#message' },
        ...writing.errors,
        typed.told === 'no' && typed.reason === '' && { text: 'Say why they will not be told', href: '#reason' },
      ]),
      path: sends ? 'message' : 'feedback',
      payload: sends ? { ...payload, ...(isAgain && { isAgain }) } : isTold ? { told: true, ...filled({ message: typed.message }) } : { told: false, reason: typed.reason },
      fields: {
        ...writing.fields,
        items: choices({ ...sendable(concern, open), ...told, ...(isAgain && { no: 'They will be told no more' }) }, typed.told),
        message: body === undefined ? (earlier(concern) ?? draft(concern)) : typed.message,
        reason: typed.reason,
      },
    };
  },
};

/** Writes to them again, who were told: to put right what they were told, or to add to it. */
export const writeAgain: Act = {
  name: 'write-again',
  command: 'SendToReferrer',
  needs: 'concern.tell_referrer',
  link: 'Write to whoever raised it again',
  title: 'Write to whoever raised it again',
  button: 'Send it',
  done: 'It is recorded. Under “Were they told” you see how it stands.',
  tells: ['ReferrerTold', 'MessageToReferrerWritten'],
  fields: tell.fields!,
  template: 'concern/tell.njk',
  isOffered: (concern) => concern.feedback === 'told' && !concern.notSent && waysOf(concern).length > 0,
  form(concern, body, among) {
    const typed = read(shape, body);
    const { open, sends, payload, ...writing } = writingOf(concern, typed, among);
    return {
      isFinding: writing.isFinding,
      errors: errorsOf([!sends && { text: 'Say how it is sent', href: '#told' }, ...writing.errors]),
      path: 'message',
      payload: { ...payload, isAgain: true },
      fields: { ...writing.fields, isAgain: true, items: choices(sendable(concern, open), typed.told), message: body === undefined ? (lastWritten(concern) ?? draft(concern)) : typed.message },
    };
  },
};

/** What is written to them from here: by which way, and what it must not hold. A message that was changed by hand is read once more before it goes. */
function writingOf(concern: ConcernCase, typed: Typed, { person }: Choosing = {}) {
  const open = waysOf(concern);
  const sends = open.find((way) => way === typed.told);
  const reach = reachOf(concern);
  const errors = sends
    ? [typed.message === '' && { text: 'Write what is to be sent', href: '#message' }, reach.wishes && typed.safe !== 'yes' && { text: 'Say that this way is one that they called safe', href: '#safe' }]
    : [];
  const isToCheck = sends !== undefined && errors.every((one) => one === false) && typed.message !== draft(concern) && typed.checked !== typed.message;
  const isChanging = typed.do === 'change';
  return {
    open,
    sends,
    errors,
    isFinding: isToCheck || isChanging,
    payload: { way: sends, message: typed.message, isSafe: typed.safe === 'yes' },
    fields: {
      reach,
      canSend: open.length > 0,
      noTexts: reach.contacts.text !== undefined && !concern.ways.includes('text') && reach.contacts.text,
      isOnItsWay: Boolean(concern.sending),
      notSent: concern.notSent && orSentence(notSentReasons, concern.notSent.reason),
      safe: open.length > 0 && reach.wishes ? choices({ yes: 'I have read how they want to be reached, and this way is one that they called safe' }, typed.safe) : undefined,
      mayBeSource: concern.mayBeSource,
      closeHref: paths.concernAct(concern.id, close.name),
      check: isToCheck && !isChanging ? { how: sendable(concern, [sends])[sends], paragraphs: typed.message.split(/\n{2,}/), typed, ...namesToFear(concern, { person, message: typed.message, usual: draft(concern) }) } : undefined,
    },
  };
}

/** What may be said to whoever raised a concern, in words for them; of the person and the findings, nothing. */
const became: Record<string, string> = {
  s42_enquiry: 'We are making enquiries under section 42 of the Care Act 2014. We may get in touch with you again.',
  other_enquiry: 'We are looking into it further. We may get in touch with you again.',
  adult_risk_management: 'We are working with others on the risk that you told us of.',
  care_act_assessment: 'We are looking at what care and support is needed.',
  quality_team: 'It is for the team that looks after the quality of services.',
  no_further_action: 'We have decided that we need not take it further.',
};

/** Which council it falls to is named to whom it concerns, and to those who work with people and signed in as that: to anybody else it could tell where somebody lives, whom they may be looking for. Where only some of the staff may see it, nobody is told by a draft. */
function toCouncil({ referrerType, restriction, followedBy, story }: ConcernCase): string {
  const isNamed = restriction === undefined && followedBy === 'account' && referrerType !== null && !['family_or_friend', 'other'].includes(referrerType);
  const code = story.findLast(({ type }) => type === 'ConcernTriaged')?.otherAuthority?.code;
  return isNamed && code ? `It falls to another council: ${authorityName(code)}.` : 'It falls to another council.';
}

/** By which ways a message can be sent from here: the service judges, and what they said of danger comes first. */
function waysOf(concern: ConcernCase): Way[] {
  const { isRisky, contacts } = reachOf(concern);
  if (isRisky || !concern.permitted.includes('SendToReferrer')) return [];
  return (['email', 'text', 'page'] as const).filter((way) => concern.ways.includes(way) && (way === 'page' || (contacts[way] !== undefined && concern.sentBy !== 'nobody')));
}

const sendable = (concern: ConcernCase, open: Way[]): Record<string, string> => Object.fromEntries(open.map((way) => [way, way === 'page' ? ways[way] : `${ways[way]}, to ${reachOf(concern).contacts[way]}`]));

/** What was written last and did not arrive. */
const earlier = ({ notSent, story }: ConcernCase): string | undefined => (notSent ? (story.findLast(({ type }) => type === 'MessageToReferrerWritten')?.message ?? undefined) : undefined);

/** What was written to them last, wherever they read it. */
const lastWritten = ({ story }: ConcernCase): string | undefined => story.findLast(({ type, way }) => type === 'MessageToReferrerWritten' || (type === 'ReferrerTold' && way))?.message ?? undefined;

function draft(concern: ConcernCase): string {
  // Nothing is drafted for somebody who may be causing the harm.
  if (concern.mayBeSource) return '';
  const { reference, receivedAt, decision, referrerType } = concern;
  const more = referrerType === 'self' ? 'We will talk with you about what happens next.' : 'We cannot tell you more, since it is about somebody else’s private life.';
  return [
    `Thank you for telling us of your concern on ${dayOf(receivedAt)}. Our reference is ${reference}.`,
    `${decision?.outcome === 'other_authority' ? toCouncil(concern) : (became[decision?.outcome ?? ''] ?? 'We have looked into it.')} ${more}`,
    'If you are worried again, or things get worse, tell us. If somebody is in danger, call 999.',
  ].join('\n\n');
}
