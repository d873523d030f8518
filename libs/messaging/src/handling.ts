import { setTimeout as pause } from 'node:timers/promises';
import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { type Contract, parseContract } from '#libs/contracts';
import { isPassing, NotYet } from './failure.js';
import type { Arrived, Origin } from './origin.js';
import type { Intake } from './ports.js';
import { spansOf } from './tracing.js';

/** What passes by itself is tried again after this. */
const passingMs = 500;

/** What a handler gets beside its batch. */
export class MessageContext {
  /** The transaction that the batch shares, its inbox rows claimed. */
  constructor(readonly manager: EntityManager) {}
}

export interface HandlingOptions {
  intake: Pick<Intake, 'take'>;
  handlers: ReadonlyMap<string, MessageHandler>;
  onTrouble: (error: unknown, messages: number, type?: string) => void;
  isClosing: () => boolean;
}

/** Hands messages to their handlers, wherever they came from: one transaction a batch, and in halves where it fails. */
export class Handling {
  constructor(private readonly options: HandlingOptions) {}

  /** Undefined where nothing here takes this type. Throws where the message cannot be read, or is not what it is carried as. */
  read(type: string, content: unknown): Arrived | undefined {
    const handler = this.options.handlers.get(type);
    if (!handler) return undefined;
    const contract = parseContract(content as object);
    if (contract.type !== type) throw new Error('the subject is not the type');
    return { contract, handler };
  }

  async handle<Message extends Arrived>(batch: Message[], origin: Origin<Message>): Promise<void> {
    if (batch.length === 0) return;
    for (;;) {
      const failure = await this.take(batch);
      if (!failure) return origin.done(batch);
      if (this.options.isClosing() || !isPassing(failure.error)) return this.tryOthers(batch, origin, failure.error);
      this.options.onTrouble(failure.error, batch.length);
      await pause(passingMs);
    }
  }

  private async take(batch: Arrived[]): Promise<{ error: unknown } | undefined> {
    const spans = spansOf(batch.map(({ contract }) => contract));
    try {
      await this.options.intake.take(
        batch.map(({ contract }) => contract),
        (isNew, tx) => this.dispatch(batch.filter(({ contract }) => isNew(contract.id)), tx),
      );
      spans.end();
      return undefined;
    } catch (error) {
      spans.end(error);
      return { error };
    }
  }

  /** Hands over within a transaction that holds the inbox rows. Throws what the handlers throw. */
  async dispatch(batch: Arrived[], tx: EntityManager): Promise<void> {
    const context = new MessageContext(tx);
    // One method may listen to many types: Nest makes a callback for each and one `extras` for all.
    for (const group of Map.groupBy(batch, ({ handler }) => handler.extras).values()) {
      const contracts: Contract[] = group.map(({ contract }) => contract);
      const result: unknown = await group[0]!.handler(contracts, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    }
  }

  /** What failed together may be taken in parts; what failed alone goes back to where it came from. */
  private async tryOthers<Message extends Arrived>(batch: Message[], origin: Origin<Message>, error: unknown): Promise<void> {
    if (this.options.isClosing()) return origin.wait(batch, error);
    if (error instanceof NotYet && error.isForAll) return origin.wait(batch, error);
    const named = batch.filter(({ contract }) => error instanceof NotYet && error.messageIds.has(contract.id));
    if (named.length > 0) {
      await origin.notYet(named, error);
      return this.handle(batch.filter((one) => !named.includes(one)), origin);
    }
    if (batch.length > 1) {
      const middle = batch.length >> 1;
      await this.handle(batch.slice(0, middle), origin);
      return this.handle(batch.slice(middle), origin);
    }
    return error instanceof NotYet ? origin.notYet(batch, error) : origin.failed(batch[0]!, error);
  }
}
