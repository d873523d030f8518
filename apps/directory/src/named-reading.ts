import type { TextRef } from '#libs/decider';
import { type DomainEvent, type Narrative, type Records, type Standing, type Tx } from '#libs/journal';
import { admit, admitted, type Asking, type Clock, type Database, recordReading, sightOf } from '#libs/platform';
import { heldOf } from './held.js';

interface Parts {
  database: Database;
  narrative: Narrative;
  clock: Clock;
}

/** What is read, in the audit's words, and where its name lies. */
interface Kind<State> {
  what: string;
  nameOf: (state: State) => TextRef | null;
}

/** As many records as a page has, and whether more come after the last of them. */
export interface Found {
  ids: string[];
  next: string | null;
}

type WithName<View> = View & { name: string | null };

/** Reading records that bear names, which is itself recorded before the answer leaves. */
export class NamedReading<State, Command, Event extends DomainEvent> {
  constructor(
    private readonly parts: Parts,
    private readonly records: Records<State, Command, Event>,
    private readonly kind: Kind<State>,
  ) {}

  read<View extends object>(asking: Asking, recordId: string, view: (standing: Standing<State>) => View): Promise<WithName<View>> {
    return this.parts.database.transaction(sightOf(asking), async (tx) => {
      const [shown] = await this.named(tx, [await this.opened(tx, asking, { recordId, what: this.kind.what })], view);
      return shown!;
    });
  }

  /** A page of them: one row of the audit with everybody whom it showed. */
  page<View extends object>(asking: Asking, find: (tx: Tx) => Promise<Found>, view: (standing: Standing<State>) => View): Promise<{ items: WithName<View>[]; next: string | null }> {
    return this.parts.database.transaction(sightOf(asking), async (tx) => {
      const { ids, next } = await find(tx);
      if (ids.length === 0) return { items: [], next };
      const standings = new Map((await this.records.standings(tx, ids)).map((one) => [one.recordId, one]));
      const found = ids.flatMap((id) => standings.get(id) ?? []).map((standing) => ({ id: standing.recordId, held: heldOf(standing), standing }));
      const shown = admitted(asking, found);
      await this.recorded(tx, asking, { recordIds: shown.map(({ id }) => id), what: `${this.kind.what} list` });
      return { items: await this.named(tx, shown.map(({ standing }) => standing), view), next };
    });
  }

  story(asking: Asking, recordId: string): Promise<object> {
    return this.parts.database.transaction(sightOf(asking), async (tx) => {
      const { sequence } = await this.opened(tx, asking, { recordId, what: `${this.kind.what} story` });
      const events = await this.records.story(tx, recordId);
      return { id: recordId, sequence, events: events.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })) };
    });
  }

  private async opened(tx: Tx, asking: Asking, { recordId, what }: { recordId: string; what: string }): Promise<Standing<State>> {
    const standing = await this.records.get(tx, recordId, null);
    admit(asking, { id: recordId, held: heldOf(standing) });
    await this.recorded(tx, asking, { recordIds: [recordId], what });
    return standing;
  }

  private recorded(tx: Tx, { staff, why }: Asking, read: { recordIds: string[]; what: string }): Promise<void> {
    return recordReading(tx, { staff, why, at: this.parts.clock.now(), ...read });
  }

  private async named<View extends object>(tx: Tx, standings: Standing<State>[], view: (standing: Standing<State>) => View): Promise<WithName<View>[]> {
    const nameOf = ({ state }: Standing<State>): string | undefined => this.kind.nameOf(state)?.textId;
    const names = await this.parts.narrative.read(tx, standings.flatMap((one) => nameOf(one) ?? []));
    return standings.map((one) => ({ ...view(one), name: names.get(nameOf(one) ?? '') ?? null }));
  }
}
