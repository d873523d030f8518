import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { Clock } from '#libs/platform';
import { Acquaintance, ClaimFile } from './person-file.js';
import { Persons } from './persons.js';

/** A record of this authority named this person. */
export interface Named {
  personId: string;
  authority: string;
  at: Instant;
  messageId: string;
  /** That record, where it came with an extract: of one that was received there is a claim. */
  importedId: string | null;
  traceparent: string | null;
}

/** Makes people known to the authorities whose records name them. */
@Injectable()
export class MakeKnown {
  constructor(
    private readonly persons: Persons,
    private readonly acquaintance: Acquaintance,
    private readonly claims: ClaimFile,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, named: Named[]): Promise<void> {
    // Two streams name the same people at the same time during an import.
    await this.acquaintance.oneAtATime(tx);
    await this.claims.noteImported(tx, named.flatMap(({ importedId, personId, authority }) => (importedId === null ? [] : [{ recordId: importedId, personId, authority }])));
    const told = await this.acquaintance.alreadyKnown(tx, named);
    const news = named.filter(({ personId, authority }) => !told.has(`${personId} ${authority}`));
    if (news.length === 0) return;
    const standIns = await this.acquaintance.standIns(tx, news.map(({ personId }) => personId));
    if (news.some(({ personId }) => !standIns.has(personId))) throw new Error('a record names somebody whom nobody has registered');
    const led = news.flatMap((one) => {
      const { personId, status } = standIns.get(one.personId)!;
      return status === 'known' ? [{ ...one, personId }] : [];
    });
    const once = new Map(led.map((one) => [`${one.personId} ${one.authority}`, one]));
    const recordedAt = this.clock.now();
    await this.persons.handleAll(
      tx,
      [...once.values()].map(({ personId, authority, at, messageId, traceparent }) => ({
        recordId: personId,
        command: { type: 'BecomeKnownTo', at, authority },
        context: { authority, actor: null, recordedAt, causationId: messageId, traceparent },
      })),
    );
  }
}
