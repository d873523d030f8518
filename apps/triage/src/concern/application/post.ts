import type { NotSentReason, Way } from '../domain/codes.js';

/** What messages are for; each has a template for each way. */
export const MESSAGES = ['told', 'code', 'asked'] as const;
export type MessageKind = (typeof MESSAGES)[number];

/** A message to somebody outside, in the words of a template. */
export interface Letter {
  /** Names it for good, however often it is tried. */
  id: string;
  recordId: string;
  authority: string;
  kind: MessageKind;
  way: Way;
  to: string;
  personalisation: Readonly<Record<string, string>>;
}

/** Why a message has to wait: nobody answers, too many were sent, or whoever carries it does not know us. */
export const TROUBLES = ['no_answer', 'too_many', 'not_allowed'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What came of a message: it arrived; somebody has it, under an id of theirs; it is tried again; or it is not. */
export type Passage = { is: 'delivered' } | { is: 'handed_over'; as: string } | { is: 'later'; trouble: Trouble } | { is: 'not_sent'; reason: NotSentReason };

/** Carries messages to people outside. Asked after a commit, and never within a transaction. */
export abstract class Post {
  /** Whether there is anybody who carries them, and who. */
  abstract readonly by: 'outbox' | 'notify' | 'nobody';
  /** `isRepeated`: it was tried before, and nobody knows what came of that. */
  abstract send(letter: Letter, isRepeated: boolean): Promise<Passage>;
  /** What became of a message that was handed over. */
  abstract fate(as: string): Promise<Passage>;
}

/** Nobody carries messages here: people are told otherwise. */
export class NoPost extends Post {
  readonly by = 'nobody';

  send(): Promise<Passage> {
    return Promise.resolve({ is: 'later', trouble: 'not_allowed' });
  }

  fate(): Promise<Passage> {
    return this.send();
  }
}
