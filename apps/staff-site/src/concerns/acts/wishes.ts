import { z } from 'zod';
import type { FormError } from '#libs/pages';
import type { ConcernCase } from '../shapes.js';
import type { Change } from '../timeline.js';
import { wishesAnswers } from '../words.js';
import { type Act, choices, errorsOf, filled, read, type Recorded, text } from './act.js';

export const wishesShape = { wishes: text, wishes_words: text };
interface Typed {
  wishes: string;
  wishes_words: string;
}

/** Which field a rule on what the person wants is about. */
export const wishesFieldsByCode = {
  'concern/wishes-required': 'wishes',
  'concern/wish-required': 'wishes_words',
  'concern/why-not-asked-required': 'wishes_words',
} as const;

/** What was written of it without an answer: there is nowhere to keep it. */
export const unplacedWishes = ({ wishes, wishes_words: words }: Typed): FormError[] =>
  errorsOf([wishes === '' && words !== '' && { text: 'You wrote of what the person wants, and not whether they were asked: choose one', href: '#wishes' }]);

export const wishesPayload = ({ wishes, wishes_words: words }: Typed): object => ({ asked: wishes, ...filled({ words }) });

export const wishesFields = ({ wishes, wishes_words: words }: Typed): object => ({ items: choices(wishesAnswers, wishes), words });

const recordedIn = (story: readonly Change[]): Typed | undefined => {
  const { answer, words } = story.findLast(({ wishes }) => wishes)?.wishes ?? {};
  return answer === undefined ? undefined : { wishes: answer, wishes_words: words ?? '' };
};

const areSame = (one: Typed, other: Typed | undefined): boolean => one.wishes === other?.wishes && one.wishes_words === other.wishes_words;

/** Whether it is what is recorded already: nobody records it a second time by deciding. */
export const areRecordedWishes = ({ story }: Pick<ConcernCase, 'story'>, typed: Typed): boolean => areSame(typed, recordedIn(story));

/** What was recorded meanwhile of what the person wants, in place of what was typed of it. */
export function withRecordedWishes(body: unknown, changes: readonly Change[]): Recorded | undefined {
  const [typed, recorded] = [read(z.object(wishesShape), body), recordedIn(changes)];
  if (!recorded || (typed.wishes === '' && typed.wishes_words === '') || areSame(typed, recorded)) return undefined;
  const own = [wishesAnswers[typed.wishes], typed.wishes_words].filter(Boolean).join(': ');
  return { body: { ...Object(body), ...recorded }, said: `What the person wants was recorded while you wrote, and stands here now. You had put down: “${own}”. Change it only if you know better.` };
}

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
  writesOver: ({ type }) => type === 'WishesRecorded',
  fields: wishesFieldsByCode,
  template: 'concern/wishes.njk',
  form(_concern, body) {
    const typed = read(z.object(wishesShape), body);
    const errors = errorsOf([typed.wishes === '' && { text: 'Say whether the person was asked what they want', href: '#wishes' }]);
    return { errors, path: 'wishes', payload: wishesPayload(typed), fields: { wishes: wishesFields(typed) } };
  },
};
