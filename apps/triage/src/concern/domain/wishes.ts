import type { TextRef } from '#libs/decider';

import { needsWords } from './refuse.js';

/** What the person, or whoever speaks for them, wants to come of it. */
export const WISHES_ANSWERS = ['asked_and_expressed', 'asked_not_expressed', 'not_asked'] as const;
export type WishesAnswer = (typeof WISHES_ANSWERS)[number];

export interface Wishes {
  answer: WishesAnswer;
  /** What they want or, where nobody asked, why not. */
  words: TextRef | null;
}

/** Refuses an answer that leaves out what the person wants, or why nobody asked. */
export function needsWholeAnswer(wishes: Wishes): void {
  if (wishes.answer === 'asked_and_expressed') needsWords(wishes.words, 'concern/wish-required', 'Say what the person wants to happen.');
  if (wishes.answer === 'not_asked')
    needsWords(wishes.words, 'concern/why-not-asked-required', 'Say why nobody has asked the person what they want to happen.');
}
