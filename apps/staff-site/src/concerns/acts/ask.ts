import { z } from 'zod';
import { missingItems } from '#libs/pages';
import { sentence } from '../../words.js';
import { type Act, choices, errorsOf, filled, read, several, text } from './act.js';

const shape = z.object({ what: several, words: text });
const asSentences = Object.fromEntries(Object.entries(missingItems).map(([item, words]) => [item, sentence(words)]));
const among = (items: readonly string[]) => Object.fromEntries(Object.entries(asSentences).filter(([item]) => items.includes(item)));

/** What may be asked for, with what is ticked, and what of that is known here. */
export const asked = (ticked: readonly string[]) => choices(asSentences, ...ticked);
export const askable = (ticked: readonly string[]): string[] => ticked.filter((item) => item in asSentences);

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
  template: 'concern/ask.njk',
  form(concern, body) {
    const { what, words } = read(shape, body);
    const ticked = body === undefined ? concern.missing : what;
    return {
      errors: errorsOf([ticked.length === 0 && { text: 'Choose what is asked for', href: '#what' }]),
      path: 'ask',
      payload: { what: askable(ticked), ...filled({ message: words }) },
      fields: { items: asked(ticked), words },
    };
  },
};

/** Takes from the list what has come. */
export const answer: Act = {
  name: 'answer',
  command: 'AnswerMore',
  needs: 'concern.answer',
  link: 'Record what has come',
  title: 'What was missing and has come',
  button: 'Record',
  done: 'What has come is recorded.',
  tells: ['MoreAnswered'],
  template: 'concern/answer.njk',
  isOffered: ({ missing }) => missing.length > 0,
  form(concern, body) {
    const { what, words } = read(shape, body);
    return {
      errors: errorsOf([
        what.length === 0 && { text: 'Choose what has come', href: '#what' },
        words === '' && { text: 'Say what you learned, and from whom', href: '#words' },
      ]),
      path: 'answer',
      payload: { what: askable(what), ...filled({ answer: words }) },
      fields: { items: choices(among(concern.missing), ...what), words },
    };
  },
};
