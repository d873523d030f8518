import type { Refusal, TextRef } from '#libs/decider';

import { needsNothingWrong, wrongIn } from './refuse.js';

/** What the person, or whoever speaks for them, wants to come of it. */
export const WISHES_ANSWERS = ['asked_and_expressed', 'asked_not_expressed', 'not_asked', 'could_not_ask'] as const;
export type WishesAnswer = (typeof WISHES_ANSWERS)[number];

export interface Wishes {
  answer: WishesAnswer;
  /** What they want or, where nobody asked or could, why not. */
  words: TextRef | null;
}

/** What an answer leaves out: what the person wants, or why nobody asked or could. */
export const wrongInWishes = ({ answer, words }: Wishes): Refusal[] =>
  wrongIn(
    [answer === 'asked_and_expressed' && words === null, 'concern/wish-required', 'Say what the person wants to happen.'],
    [answer === 'not_asked' && words === null, 'concern/why-not-asked-required', 'Say why nobody has asked the person what they want to happen.'],
    [answer === 'could_not_ask' && words === null, 'concern/why-not-asked-required', 'Say why nobody could ask the person what they want to happen.'],
  );

export const needsWholeAnswer = (wishes: Wishes): void => needsNothingWrong(wrongInWishes(wishes));
