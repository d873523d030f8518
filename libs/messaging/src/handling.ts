import { setTimeout as pause } from 'node:timers/promises';
import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { type Contract, parseContract } from '#libs/contracts';
import { isPassing, NotYet } from './failure.js';
import type { Arrived, Origin } from './origin.js';
import type { Intake } from './ports.js';
import { spansOf } from './tracing.js';

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
    const spans = spansOf(batch.map(({ contract }) => contract));
    try {
      await this.options.intake.take(
        batch.map(({ contract }) => contract.id),
        (isNew, tx) => this.dispatch(batch.filter(({ contract }) => isNew(contract.id)), tx),
      );
      spans.end();
    } catch (error) {
      spans.end(error);
      return this.tryAgain(batch, origin, error);
    }
    await origin.done(batch);
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

  private async tryAgain<Message extends Arrived>(batch: Message[], origin: Origin<Message>, error: unknown): Promise<void> {
    const { isClosing, onTrouble } = this.options;
    if (isClosing()) return origin.wait(batch, error);
    if (isPassing(error)) {
      onTrouble(error, batch.length);
      await pause(500);
      return this.handle(batch, origin);
    }
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
