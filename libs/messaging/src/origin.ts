import type { MessageHandler } from '@nestjs/microservices';
import type { Contract } from '#libs/contracts';

/** A message that could be read and has a handler. */
export interface Arrived {
  contract: Contract;
  handler: MessageHandler;
}

/** A message that could not be handled: what it was, and nothing of what it said. */
export interface Letter {
  messageId: string;
  stream: string;
  streamSequence: number;
  type: string;
  errorClass: string;
  attempts: number;
  /** The record here that it is about, where that is kept and could be told. */
  recordId?: string | undefined;
}

/** Where messages came from, and what becomes of them there. */
export interface Origin<Message extends Arrived = Arrived> {
  /** Their effect is committed. */
  done(messages: Message[]): Promise<void>;
  /** What they build on has not come. */
  notYet(messages: Message[], error: unknown): Promise<void>;
  /** Somebody whom all of them need is away, or this process is about to end. */
  wait(messages: Message[], error: unknown): Promise<void>;
  failed(message: Message, error: unknown): Promise<void>;
}

/** A message fails this often before it is set aside for a person. */
export const mostTries = 8;
