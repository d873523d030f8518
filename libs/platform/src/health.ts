import { Injectable, Optional } from '@nestjs/common';
import { type OutboxState, outboxState, type Queries } from '#libs/journal';
import type { BrokerState } from '#libs/messaging';
import { Database } from './database.js';
import { Lifecycle } from './lifecycle.js';
import { Sealing } from './sealing.js';
import { Publishing } from './tokens.js';
import { longestGapSeconds, type MessagesWaiting, Waiting } from './waiting.js';

/** Beyond this a stream is on its way to refusing what it is given. */
export const mostFilled = 0.7;
/** An event that has waited longer than this, in seconds, is not on its way any more. */
export const longestWaitSeconds = 60;
const answerMs = 1_000;

export interface HealthState {
  /** `down`: nothing can be taken. `degraded`: everything is taken, and not everything gets to others. */
  status: 'ok' | 'degraded' | 'down';
  /** Why it is not `ok`, in words. */
  because: string[];
  checks: {
    database: 'up' | 'down';
    broker: 'up' | 'down';
    outbox?: OutboxState;
    /** By stream, how much of its room is taken, from 0 to 1. */
    streams: Record<string, number>;
  };
  deadLetters?: number;
  /** Messages that wait for the one before them, or for somebody who is away. */
  waiting?: MessagesWaiting;
}

const away = 'The database does not answer.';
/** Commands may be answered all the same, only later: nobody is to be sent elsewhere for it. */
const slow = 'The database is slow: how much waits here could not be asked just now.';

interface Kept {
  deadLetters: number;
  waiting: MessagesWaiting;
  outbox: OutboxState | undefined;
}

/** How the service is: asked of its database and its broker, and answered in a second whatever they do. */
@Injectable()
export class Health {
  /** Counts alone, of everybody's rows together. */
  private readonly counting: Queries;

  constructor(
    database: Database,
    private readonly lifecycle: Lifecycle,
    private readonly waiting: Waiting,
    @Optional() private readonly publishing?: Publishing,
    @Optional() private readonly sealing?: Sealing,
  ) {
    this.counting = database.seeing('every');
  }

  async state(): Promise<HealthState> {
    const [kept, broker] = await Promise.all([this.keptSoon(), this.lifecycle.brokerState()]);
    const isThere = this.lifecycle.isDatabaseThere;
    const because = [...(kept ? [] : [isThere ? slow : away]), ...reasons(kept, broker), ...this.unsealed()];
    return {
      status: isThere ? (because.length === 0 ? 'ok' : 'degraded') : 'down',
      because,
      checks: {
        database: isThere ? 'up' : 'down',
        broker: broker.isUp ? 'up' : 'down',
        ...(kept?.outbox ? { outbox: kept.outbox } : {}),
        streams: Object.fromEntries(broker.streams.map(({ stream, filled }) => [stream, filled])),
      },
      ...(kept ? { deadLetters: kept.deadLetters, waiting: kept.waiting } : {}),
    };
  }

  /** How many events the broker does not have yet; the journal's last position, and up to which one the broker has all. */
  async outbox(): Promise<{ waiting: number; told: number; carried: number }> {
    const [row]: { waiting: number; told: number; carried: number }[] = await this.counting.query(
      `select count(position) as waiting, told, coalesce(min(position) - 1, told) as carried
       from (select coalesce(max(position), 0) as told from journal) as story left join outbox on true group by told`,
    );
    return row!;
  }

  async count(table: 'outbox' | 'dead_letter'): Promise<number> {
    const [row]: { rows: number }[] = await this.counting.query(`select count(*) as rows from ${table}`);
    return row!.rows;
  }

  private unsealed(): string[] {
    const trouble = this.sealing?.trouble;
    return trouble ? [`What is new could not be sealed (${trouble}). Everything else goes on; npm run verify says more.`] : [];
  }

  /** Undefined while the database does not answer, or not soon. */
  private async keptSoon(): Promise<Kept | undefined> {
    if (!this.lifecycle.isDatabaseThere) return undefined;
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), answerMs).unref());
    return Promise.race([this.kept().catch(() => undefined), late]);
  }

  private async kept(): Promise<Kept> {
    const [deadLetters, waiting, outbox] = await Promise.all([
      this.waiting.deadLetters(),
      this.waiting.messages(),
      this.publishing ? outboxState(this.counting) : undefined,
    ]);
    return { deadLetters, waiting, outbox };
  }
}

function reasons(kept: Kept | undefined, broker: BrokerState): string[] {
  const because: string[] = [];
  if (!broker.isUp) because.push('The broker does not keep what it is given: what is taken here waits in the outbox.');
  for (const { stream, filled } of broker.streams) {
    if (filled >= mostFilled) because.push(`The stream ${stream} is ${Math.round(filled * 100)} % full. When it is full, events wait in the outbox.`);
  }
  if (kept?.outbox && kept.outbox.oldestSeconds > longestWaitSeconds) because.push(`An event has waited ${Math.round(kept.outbox.oldestSeconds)} s for the broker.`);
  if (kept?.deadLetters) because.push(`Messages that were set aside wait for a person: ${kept.deadLetters}. npm run dead-letters says which they are.`);
  if (kept && kept.waiting.oldestSeconds > longestGapSeconds) because.push(`Messages wait for one that has not come, or for a service that is away: ${kept.waiting.messages}, the first for ${Math.round(kept.waiting.oldestSeconds)} s.`);
  return because;
}
