import { z } from 'zod';
import type { FormError } from '#libs/pages';
import { wishesAnswers } from '../words.js';
import { type Act, choices, errorsOf, filled, read, text } from './act.js';

export const wishesShape = { wishes: text, wishes_words: text };
interface Typed {
  wishes: string;
  wishes_words: string;
}

/** What is missing of an answer on what the person wants. */
export const wishesErrors = ({ wishes, wishes_words: words }: Typed): FormError[] =>
  errorsOf([
    wishes === '' && { text: 'Say whether the person was asked what they want', href: '#wishes' },
    wishes === 'asked_and_expressed' && words === '' && { text: 'Say what the person wants to happen', href: '#wishes_words' },
    wishes === 'not_asked' && words === '' && { text: 'Say why nobody has asked the person', href: '#wishes_words' },
  ]);

export const wishesPayload = ({ wishes, wishes_words: words }: Typed): object => ({ asked: wishes, ...filled({ words }) });

export const wishesFields = ({ wishes, wishes_words: words }: Typed): object => ({ items: choices(wishesAnswers, wishes), words });

/** Records what the person wants, or why nobody could ask. */
export const recordWishes: Act = {
  name: 'wishes',
  command: 'RecordWishes',
  needs: 'concern.record_wishes',
  link: 'Record what they want',
  title: 'What the person wants',
  button: 'Record',
  done: 'What the person wants is recorded.',
  tells: ['WishesRecorded'],
  template: 'concern/wishes.njk',
  form(_concern, body) {
    const typed = read(z.object(wishesShape), body);
    return { errors: wishesErrors(typed), path: 'wishes', payload: wishesPayload(typed), fields: { wishes: wishesFields(typed) } };
  },
};
