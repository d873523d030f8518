import { z } from 'zod';
import { missingItems } from '#libs/pages';
import { sentence } from '../../words.js';
import { paths } from '../../paths.js';
import { reachOf } from '../account.js';
import type { ConcernCase, Told } from '../shapes.js';
import { noticeInWords } from '../words.js';
import { close, onWhoIsClose } from './close.js';
import { type Act, choices, errorsOf, filled, read, several, text } from './act.js';

const shape = z.object({ what: several, words: text, notify: text });
const asSentences = Object.fromEntries(Object.entries(missingItems).map(([item, words]) => [item, sentence(words)]));

/** What may be asked for, with what is ticked, and what of that is known here. */
export const asked = (ticked: readonly string[]) => choices(asSentences, ...ticked);
export const askable = (ticked: readonly string[]): string[] => ticked.filter((item) => item in asSentences);

/** What was asked for last since it was decided, and has not come; until somebody asks, all that is missing. */
const wantedOf = ({ story, missing }: ConcernCase): string[] => {
  const last = lastAsked({ story: story.slice(story.findLastIndex(({ type }) => type === 'ConcernTriaged') + 1) });
  return last ? missing.filter((item) => last.what.includes(item)) : missing;
};

const lastAsked = ({ story }: Pick<ConcernCase, 'story'>): Told | undefined => story.findLast(({ type }) => type === 'MoreAskedFor');

/** What is said when it was asked for: whether whoever raised it hears of it, too. */
export function noticed(concern: ConcernCase): string {
  const notice = lastAsked(concern)?.notice;
  return notice ? ` ${noticeInWords(notice)}` : '';
}

/** By which way they are sent a notice, or why they are not; the service judges. */
function noticeFor(concern: ConcernCase): { way?: 'email' | 'text'; to?: string | undefined; not?: string } {
  const { contacts, isRisky } = reachOf(concern);
  if (concern.mayBeSource) return { not: 'may_be_source' };
  const way = (['email', 'text'] as const).find((one) => concern.ways.includes(one));
  if (!concern.followedBy) return { not: 'no_page' };
  if (!way) return { not: 'no_contact' };
  if (isRisky) return { not: 'contact_unsafe' };
  return concern.sentBy === 'nobody' ? { not: 'nobody_sends' } : { way, to: contacts[way] };
}

/** Whether whoever raised it sees what is asked for and can answer: on their own page, on one that a code opens, or nowhere, and what follows from that. Whether a code goes the service judges. */
function seenBy(concern: ConcernCase): string {
  const { followedBy, ways } = concern;
  const { contacts, isRisky, wishes, isDanger } = reachOf(concern);
  const sees = 'what is ticked here, and nothing else that is missing,';
  const can = 'and can answer there. They do not see what you write below.';
  if (followedBy === 'account') return `Whoever raised it sees ${sees} on their own page of the partner site, ${can}`;
  const way = (['email', 'text'] as const).find((one) => ways.includes(one));
  const why = isRisky ? 'no code to open one is sent, since that could be dangerous' : wishes && isDanger !== 'no' ? 'no code to open one is sent, since they said how they are to be reached and not whether a message could be dangerous' : 'a code to open one goes by email or to a mobile number, and they gave neither';
  if (followedBy === 'code' && way && !isRisky && !(wishes && isDanger !== 'no')) return `Whoever raised it has no account. When they ask for a code, which is sent ${way === 'email' ? 'by email' : 'by text message'}, they see ${sees} on a page of the partner site, ${can}`;
  const ring = wishes ? 'Somebody has to ring them, only in the way that they say is safe: read that first.' : isRisky ? 'They did not say how it is safe: ring nobody before you have found a safe way.' : 'Somebody has to ring them.';
  const then = contacts.text ? ring : 'Somebody has to ask them otherwise.';
  return `Whoever raised it has no page on which they would see this${followedBy === 'code' ? `: ${why}` : ''}. ${then}`;
}

/** Whether somebody had reason to ask if whoever raised it may be causing the harm, whatever they found. */
const wasDoubted = ({ story }: ConcernCase): boolean =>
  story.some(({ type, correction }) => type === 'ReferrerJudged' || (type === 'ConcernCorrected' && onWhoIsClose.includes(correction?.field ?? '')));

/** The choice to send them a notice; made beforehand only where nothing speaks against it, or why there is none. */
export function noticeFields(concern: ConcernCase, typed: string | undefined) {
  const { way, to, not } = noticeFor(concern);
  if (!way) return { not: noticeInWords({ not }) };
  const { isSaidSafe } = reachOf(concern);
  const sends = `Send them a short notice ${way === 'email' ? 'by email' : 'by text message'}${to ? `, to ${to}` : ''}`;
  const label = isSaidSafe ? sends : `${sends}: I have read what they say of being reached, and it is safe now`;
  return { choice: choices({ yes: label }, typed ?? (isSaidSafe && !wasDoubted(concern) ? 'yes' : '')) };
}

/** What is sent of that choice. */
export const noticeChosen = (concern: ConcernCase, typed: string): object =>
  typed === 'yes' && noticeFor(concern).way ? { notify: true, ...(!reachOf(concern).isSaidSafe && { isSafe: true }) } : {};

export const notSaid = 'Say whom you asked, and in which words';

/** Puts questions to whoever may answer them. What is missing anyway is ticked beforehand. */
export const ask: Act = {
  name: 'ask',
  command: 'AskForMore',
  needs: 'concern.ask',
  link: 'Ask for more',
  title: 'Ask for more',
  button: 'Record that it was asked for',
  done: 'What was asked for is recorded. The clocks go on.',
  doneFor: (concern) => `What was asked for is recorded. The clocks go on.${noticed(concern)}`,
  tells: ['MoreAskedFor'],
  fields: { 'concern/asking-unsaid': 'words' },
  template: 'concern/ask.njk',
  form(concern, body) {
    const { what, words, notify } = read(shape, body);
    const ticked = body === undefined ? wantedOf(concern) : what;
    const reach = reachOf(concern);
    return {
      errors: errorsOf([ticked.length === 0 && { text: 'Choose what is asked for', href: '#what' }, words === '' && { text: notSaid, href: '#words' }]),
      path: 'ask',
      payload: { what: askable(ticked), ...filled({ message: words }), ...noticeChosen(concern, notify) },
      fields: { items: asked(ticked), words, reach, hears: concern.hears && concern.followedBy === 'account', seenBy: seenBy(concern), notice: noticeFields(concern, body === undefined ? undefined : notify), closeHref: paths.concernAct(concern.id, close.name) },
    };
  },
};
