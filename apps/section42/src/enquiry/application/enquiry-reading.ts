import { Injectable } from '@nestjs/common';
import { isOpenByGlass, type Standing, type Told, type Tx } from '#libs/journal';
import { admit, admitted, type Asking, Clock, Database, type List, recordReading, sightOf } from '#libs/platform';
import type { Enquiry, EnquiryEvent } from '../domain/enquiry.js';
import { Enquiries, enquiryIdOf } from './enquiries.js';
import { heldOf } from './held.js';

type View<Shown> = (standing: Standing<Enquiry>) => Shown;

/** Reading an enquiry, which is itself recorded before the answer leaves. */
@Injectable()
export class EnquiryReading {
  constructor(
    private readonly database: Database,
    private readonly enquiries: Enquiries,
    private readonly clock: Clock,
  ) {}

  read<Shown>(asking: Asking, recordId: string, view: View<Shown>): Promise<Shown> {
    return this.database.transaction(sightOf(asking), async (tx) => view((await this.opened(tx, asking, { recordId, what: 'enquiry' })).standing));
  }

  /** The enquiry of a concern: one, or none that this person may know of. */
  ofConcern<Shown>(asking: Asking, concernId: string, view: View<Shown>): Promise<Shown[]> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const recordId = enquiryIdOf(concernId);
      const there = await this.enquiries.standings(tx, [recordId]);
      const found = admitted(asking, there.map((standing) => ({ id: recordId, held: heldOf(standing), standing })));
      if (found.length > 0) await this.record(tx, asking, { recordId, what: 'enquiry' });
      return found.map(({ standing }) => view(standing));
    });
  }

  /** The enquiries of several concerns, as a list beside another case shows them; none that this person may not know of. */
  ofConcerns<Shown>(asking: Asking, concernIds: readonly string[], view: View<Shown>): Promise<Shown[]> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const there = await this.enquiries.standings(tx, [...new Set(concernIds)].map(enquiryIdOf));
      const found = admitted(asking, there.map((standing) => ({ id: standing.recordId, held: heldOf(standing), standing })));
      if (found.length > 0) await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: found.map(({ id }) => id), what: 'enquiries of concerns' satisfies List, why: asking.why });
      return found.map(({ standing }) => view(standing));
    });
  }

  story(asking: Asking, recordId: string): Promise<object> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.opened(tx, asking, { recordId, what: 'enquiry story' });
      return {
        id: recordId,
        sequence: standing.sequence,
        events: story.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })),
      };
    });
  }

  private async opened(tx: Tx, asking: Asking, reading: { recordId: string; what: string }): Promise<Told<Enquiry, EnquiryEvent>> {
    const told = await this.enquiries.told(tx, reading.recordId);
    admit(asking, { id: reading.recordId, held: heldOf(told.standing) });
    await this.record(tx, asking, reading);
    return told;
  }

  /** Why somebody broke a glass are words, and triage's alone: here it is known that they did. */
  private async record(tx: Tx, { staff, why }: Asking, { recordId, what }: { recordId: string; what: string }): Promise<void> {
    const how = (await isOpenByGlass(tx, recordId, staff.id)) ? `${what} by a broken glass` : what;
    await recordReading(tx, { staff, at: this.clock.now(), recordIds: [recordId], what: how, why });
  }
}
