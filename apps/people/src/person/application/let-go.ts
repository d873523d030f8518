import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { Clock } from '#libs/platform';
import type { LetGo } from '../domain/parts.js';
import { Acquaintance } from './person-file.js';
import { Persons } from './persons.js';

/** A record that named this person was disposed of. */
export interface Gone extends LetGo {
  personId: string;
  at: Instant;
  messageId: string;
  traceparent: string | null;
}

/** Lets go of what records said of people when these are disposed of. Whoever no record needs any more is due then. */
@Injectable()
export class LettingGo {
  constructor(
    private readonly persons: Persons,
    private readonly acquaintance: Acquaintance,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, gone: Gone[]): Promise<void> {
    if (gone.length === 0) return;
    await this.acquaintance.oneAtATime(tx);
    const there = await this.acquaintance.standIns(tx, gone.map(({ personId }) => personId));
    if (gone.some(({ personId }) => !there.has(personId))) throw new Error('a record named somebody whom nobody has registered');
    const recordedAt = this.clock.now();
    await this.persons.handleAll(
      tx,
      gone.map(({ personId, at, messageId, traceparent, recordId, recordKind, authority }) => ({
        recordId: personId,
        command: { type: 'LetGoOfRecord', at, recordId, recordKind, authority },
        context: { authority, actor: null, recordedAt, causationId: messageId, traceparent },
      })),
    );
  }
}
