import { randomUUID } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import type { MessageHandler } from '@nestjs/microservices';
import type { DataSource, EntityManager } from 'typeorm';
import type { ContractOf } from '#libs/contracts';
import { Intake, Parking } from '#libs/journal';
import type { Archive } from '../src/archive.js';
import { NotYet } from '../src/failure.js';
import { type Delivered, FromStream } from '../src/from-stream.js';
import { Handling } from '../src/handling.js';
import { HeldUp } from '../src/held-up.js';
import { ParkedMessages } from '../src/parked.js';

export type Reopened = ContractOf<'safeguarding.concern.reopened.v1'>;

export const reopenedType = 'safeguarding.concern.reopened.v1';
const at = '2026-06-01T09:00:00.000000Z';

/** The n-th published event of a record. */
export const aReopening = (subject: string, sequence: number): Reopened => ({
  specversion: '1.0', id: `${randomUUID()}:v1`, type: reopenedType, source: 'triage', subject, time: at, recordedat: at, authority: null, actor: null,
  sequence, causationid: null, traceparent: null, datacontenttype: 'application/json', data: { reopenedAt: at, previousOutcome: 's42_enquiry' },
});

/** A message as the broker holds it, until it is acknowledged or given up. */
export interface Held {
  sequence: number;
  contract: Reopened;
  deliveries: number;
  isOver: boolean;
}

class Died extends Error {}

/**
 * The part of a service that takes messages, on a real database and a broker made of a list, which dies where it is told
 * to: before or after the n-th thing that it does outside itself. A dead one does nothing more.
 */
export class OneProcess {
  private steps = 0;
  private isDead = false;
  private readonly handling: Handling;
  private readonly fromStream: FromStream;
  private readonly parked: ParkedMessages;

  constructor(
    private readonly broker: Held[],
    database: DataSource,
    private readonly life: { poison: ReadonlySet<string>; diesAt?: { step: number; isAfter: boolean } | undefined },
  ) {
    const intake = this.mortal(new Intake(database));
    const place = this.mortal(new Parking(database));
    const quiet = { onTrouble: () => {}, onSetAside: () => {} };
    const handler = (async (batch: Reopened[], { manager }: { manager: EntityManager }) => this.take(batch, manager)) as unknown as MessageHandler;
    handler.extras = {};
    this.handling = new Handling({ ...quiet, intake, handlers: new Map([[reopenedType, handler]]), isClosing: () => false });
    const archive = { find: async ({ messageId }: { messageId: string }) => this.found(messageId) } as unknown as Archive;
    this.parked = new ParkedMessages({ ...quiet, place, archive, handling: this.handling });
    this.fromStream = new FromStream({ ...quiet, intake }, this.parked, new HeldUp());
  }

  /** The broker hands over these; it does not hand over again what is over. */
  async deliver(messages: Held[]): Promise<void> {
    const batch = messages.filter(({ isOver }) => !isOver).map((held): Delivered => {
      held.deliveries += 1;
      return { ...this.handling.read(reopenedType, held.contract)!, message: this.messageOf(held) };
    });
    await this.handling.handle(batch, this.fromStream).catch(unlessDied);
  }

  /** Whatever is parked is tried. */
  async tryParked(): Promise<number> {
    return this.parked.takeDue().catch((error: unknown) => unlessDied(error) ?? 0);
  }

  /** An event takes effect once the one before it has; what is poison never does. */
  private async take(batch: Reopened[], tx: EntityManager): Promise<void> {
    for (const one of batch.toSorted((a, b) => a.sequence - b.sequence)) {
      const [row] = await tx.query(`select count from tally where id = $1`, [one.subject]);
      if ((row?.count ?? 0) < one.sequence - 1) throw new NotYet('the one before has not come', { messageIds: [one.id] });
      if (this.life.poison.has(one.id)) throw new Error('cannot be handled');
      await tx.query(`insert into tally values ($1, 1) on conflict (id) do update set count = tally.count + 1`, [one.subject]);
    }
  }

  private found(messageId: string) {
    const held = this.broker.find(({ contract }) => contract.id === messageId);
    return held && { content: held.contract, foundIn: 'stream' as const };
  }

  private messageOf(held: Held): JsMsg {
    const over = (): void => void this.step(() => (held.isOver = true));
    const headers = { get: () => held.contract.id };
    const info = { stream: 'triage', deliveryCount: held.deliveries };
    return { seq: held.sequence, subject: reopenedType, headers, info, ack: over, term: over, nak: () => this.step(() => true) } as unknown as JsMsg;
  }

  private mortal<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
        return async (...given: unknown[]) => {
          this.mayDie(false);
          const result = await method.apply(target, given);
          this.mayDie(true);
          return result;
        };
      },
    });
  }

  private step(act: () => unknown): void {
    this.mayDie(false);
    act();
    this.mayDie(true);
  }

  private mayDie(isAfter: boolean): void {
    if (!isAfter) this.steps += 1;
    const { diesAt } = this.life;
    if (diesAt && this.steps === diesAt.step && isAfter === diesAt.isAfter) this.isDead = true;
    if (this.isDead) throw new Died();
  }
}

function unlessDied(error: unknown): undefined {
  if (!(error instanceof Died)) throw error;
}
