import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import type { Parking } from '#libs/journal';
import type { Database } from './database.js';
import type { Taking } from './letters.js';

/** A gap that lasts longer than this is an alarm. */
export const longestGapSeconds = 60;

export interface MessagesWaiting {
  messages: number;
  oldestSeconds: number;
}

/** Messages that nobody has lost and nobody has taken: those that wait for another, and those that wait for a person. */
@Injectable()
export class Waiting implements OnApplicationBootstrap {
  constructor(
    private readonly service: string,
    private readonly database: Database,
    private readonly parking: Parking,
    private readonly taking: Taking,
  ) {}

  /** Those that wait for the one before them, or for somebody who is away, and for how long the first of them has. */
  async messages(): Promise<MessagesWaiting> {
    const parked = await this.parking.waiting();
    const heldUp = this.taking.now()?.heldUpNow ?? { messages: 0, oldestSeconds: 0 };
    return { messages: parked.messages + heldUp.messages, oldestSeconds: Math.max(parked.oldestSeconds, heldUp.oldestSeconds) };
  }

  /** Those of them that the broker was told are taken. */
  parked(): Promise<MessagesWaiting> {
    return this.parking.waiting();
  }

  async deadLetters(): Promise<number> {
    const [row]: { rows: number }[] = await this.database.seeing([]).query(`select count(*) as rows from dead_letter`);
    return row!.rows;
  }

  /** Measured when a collector asks; while the database is away there is nothing to say. */
  onApplicationBootstrap(): void {
    const meter = metrics.getMeter('messages');
    const waiting = meter.createObservableGauge('caseward.messages.waiting', { unit: '{message}', description: 'Messages that wait for the one before them, or for somebody who is away' });
    const age = meter.createObservableGauge('caseward.messages.waiting.age', { unit: 's', description: 'How long the first of them has waited' });
    const letters = meter.createObservableGauge('caseward.dead_letters', { unit: '{message}', description: 'Messages that were set aside and wait for a person' });
    meter.addBatchObservableCallback(
      async (result) => {
        const [{ messages, oldestSeconds }, deadLetters] = await Promise.all([this.messages(), this.deadLetters()]);
        const of = { service: this.service };
        result.observe(waiting, messages, of);
        result.observe(age, oldestSeconds, of);
        result.observe(letters, deadLetters, of);
      },
      [waiting, age, letters],
    );
  }
}
