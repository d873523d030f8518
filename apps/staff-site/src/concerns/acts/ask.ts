import { z } from 'zod';
import { missingItems } from '#libs/pages';
import { sentence } from '../../words.js';
import { paths } from '../../paths.js';
import { reachOf } from '../account.js';
import type { ConcernCase, Told } from '../shapes.js';
import { noticeInWords } from '../words.js';
import { close } from './close.js';
import { type Act, choices, errorsOf, filled, read, several, text } from './act.js';

const shape = z.object({ what: several, words: text, safe: text });
const asSentences = Object.fromEntries(Object.entries(missingItems).map(([item, words]) => [item, sentence(words)]));

/** What may be asked for, with what is ticked, and what of that is known here. */
export const asked = (ticked: readonly string[]) => choices(asSentences, ...ticked);
export const askable = (ticked: readonly string[]): string[] => ticked.filter((item) => item in asSentences);

/** What was asked for last and has not come; until somebody asks, all that is missing. */
const wantedOf = ({ story, missing }: ConcernCase): string[] => {
  const last = lastAsked({ story });
  return last ? missing.filter((item) => last.what.includes(item)) : missing;
};

const lastAsked = ({ story }: Pick<ConcernCase, 'story'>): Told | undefined => story.findLast(({ type }) => type === 'MoreAskedFor');

/** What is said when it was asked for: whether whoever raised it hears of it, too. */
export function noticed(concern: ConcernCase): string {
  const notice = lastAsked(concern)?.notice;
  return notice ? ` ${noticeInWords(notice)}` : '';
}

/** By which way they are sent a notice, or why they are not; the service judges. */
function noticeFor(concern: ConcernCase): { way?: string; to?: string | undefined; not?: string } {
  const { contacts, isRisky } = reachOf(concern);
  const way = (['email', 'text'] as const).find((one) => concern.ways.includes(one));
  if (!concern.followedBy) return { not: 'no_page' };
  if (!way) return { not: 'no_contact' };
  if (isRisky) return { not: 'contact_unsafe' };
  return concern.sentBy === 'nobody' ? { not: 'nobody_sends' } : { way, to: contacts[way] };
}

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
    const { what, words, safe } = read(shape, body);
    const ticked = body === undefined ? wantedOf(concern) : what;
    const { not, ...notice } = noticeFor(concern);
    const reach = reachOf(concern);
    return {
      errors: errorsOf([ticked.length === 0 && { text: 'Choose what is asked for', href: '#what' }, words === '' && { text: notSaid, href: '#words' }]),
      path: 'ask',
      payload: { what: askable(ticked), ...filled({ message: words }), ...(safe === 'yes' && { isSafe: true }) },
      fields: { items: asked(ticked), words, reach, hears: concern.hears, isFollowed: Boolean(concern.followedBy), notice: not ? { not: noticeInWords({ not }) } : { ...notice, safe: reach.wishes ? choices({ yes: 'I have read how they want to be reached, and a notice sent now is safe' }, safe) : undefined }, closeHref: paths.concernAct(concern.id, close.name) },
    };
  },
};
