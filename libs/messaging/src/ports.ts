import type { NatsConnection } from '@nats-io/transport-node';
import type { EntityManager } from 'typeorm';
import type { Letter } from './origin.js';

/** Which message, and where it lay when it came. */
export interface Reference {
  messageId: string;
  stream: string;
  streamSequence: number;
}

/** Where messages are claimed and set aside; `libs/journal` has it. */
export interface Intake {
  take(messages: readonly { id: string; authority: string | null }[], handle: (isNew: (id: string) => boolean, tx: EntityManager) => Promise<void>): Promise<void>;
  /** False where it was set aside before, or taken. */
  setAside(letter: Letter): Promise<boolean>;
}

/** A message that waits for the one before it. */
export interface ParkedMessage extends Reference {
  type: string;
  recordId: string;
  tries: number;
  failures: number;
}

/** What is told of one when it is parked. */
export type NewlyParked = Pick<ParkedMessage, 'messageId' | 'stream' | 'streamSequence' | 'type' | 'recordId'>;

/** Where messages wait that came too early; `libs/journal` has it. */
export interface ParkingPlace {
  park(messages: NewlyParked[], retryMs: number): Promise<void>;
  takeDue(most: number): Promise<ParkedMessage[]>;
  leave(messageIds: string[]): Promise<void>;
  putBack(messages: { messageId: string; retryMs: number; failures: number }[]): Promise<void>;
  wake(recordIds: string[]): Promise<void>;
  setAside(letter: Letter): Promise<void>;
  waiting(): Promise<{ messages: number; oldestSeconds: number }>;
}

export interface StrategyOptions {
  service: string;
  connection: NatsConnection;
  intake: Intake;
  parking: ParkingPlace;
  /** Where each stream's publisher answers, for what a stream no longer has. */
  publishers: Readonly<Record<string, string | undefined>>;
  /** Gives the headers that say to them who asks. */
  signing?: () => Promise<Record<string, string>>;
  /** Which record here a message is about, by what it says; where records can be restricted. */
  recordIn?: (content: unknown) => string | undefined;
  onTrouble: (error: unknown, messages: number, type?: string) => void;
  /** A message waits for a person from now on. */
  onSetAside: (letter: Letter) => void;
}
