import { z } from 'zod';
import { missingItems } from '#libs/pages';
import { sentence } from '../../words.js';
import { paths } from '../../paths.js';
import { reachOf } from '../account.js';
import { close } from './close.js';
import { type Act, choices, errorsOf, filled, read, several, text } from './act.js';

const shape = z.object({ what: several, words: text });
const asSentences = Object.fromEntries(Object.entries(missingItems).map(([item, words]) => [item, sentence(words)]));

/** What may be asked for, with what is ticked, and what of that is known here. */
export const asked = (ticked: readonly string[]) => choices(asSentences, ...ticked);
export const askable = (ticked: readonly string[]): string[] => ticked.filter((item) => item in asSentences);

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
  tells: ['MoreAskedFor'],
  fields: { 'concern/asking-unsaid': 'words' },
  template: 'concern/ask.njk',
  form(concern, body) {
    const { what, words } = read(shape, body);
    const ticked = body === undefined ? concern.missing : what;
    return {
      errors: errorsOf([ticked.length === 0 && { text: 'Choose what is asked for', href: '#what' }, words === '' && { text: notSaid, href: '#words' }]),
      path: 'ask',
      payload: { what: askable(ticked), ...filled({ message: words }) },
      fields: { items: asked(ticked), words, reach: reachOf(concern), hears: concern.hears, closeHref: paths.concernAct(concern.id, close.name) },
    };
  },
};
