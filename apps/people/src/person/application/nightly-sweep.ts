import { Injectable, Logger } from '@nestjs/common';
import { Clock, Database, Rounds } from '#libs/platform';
import { Acquaintance } from './person-file.js';
import { Persons } from './persons.js';
import { Together } from './together.js';

const lookEveryMs = 60 * 60_000;
/** The hour of the night, in UTC, in which everybody is looked at. */
const hour = '02';
const pageSize = 500;

/**
 * Looks for people of whom nobody told that no record names them any more (ADR 21): of those of whom no record is known
 * here, every service is asked. Whoever is found so is looked at like anybody else who is due: asked about again before
 * they are listed, and before anything is decided. Where a service does not answer, nothing is found.
 */
@Injectable()
export class NightlySweep extends Rounds {
  protected override readonly logger = new Logger('NightlySweep');

  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly acquaintance: Acquaintance,
    private readonly together: Together,
    private readonly clock: Clock,
  ) {
    super(lookEveryMs, 'nobody could look for people whom no record names');
  }

  protected override get isOnDuty(): boolean {
    return this.clock.now().slice(11, 13) === hour;
  }

  protected override async round(): Promise<void> {
    let found = 0;
    for (let after = '00000000-0000-0000-0000-000000000000'; !this.isStopped; ) {
      const page = { after, limit: pageSize };
      const ids = await this.database.transaction('every', (tx) => this.acquaintance.withoutRecords(tx, page));
      if (ids.length > 0) found += await this.look(ids);
      if (ids.length < pageSize) break;
      after = ids.at(-1)!;
    }
    if (found > 0) this.logger.log({ kind: 'no record names them', people: found });
  }

  /** Returns how many of these nobody needs. */
  private async look(ids: string[]): Promise<number> {
    const sides = await this.together.sides(ids);
    const unneeded = ids.filter((_, at) => sides[at]!.needed === 'no' && sides[at]!.lastLetGoAt === null);
    if (unneeded.length === 0) return 0;
    await this.database.transaction('every', async (tx) => {
      await this.acquaintance.oneAtATime(tx);
      const now = this.clock.now();
      await this.persons.handleAll(
        tx,
        unneeded.map((recordId) => ({ recordId, command: { type: 'NoteUnneeded', at: now }, context: { authority: null, actor: null, recordedAt: now } })),
      );
    });
    return unneeded.length;
  }
}
