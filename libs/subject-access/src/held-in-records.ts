import type { Held } from '#libs/access';
import { type Narrative, type Standing, type Stored, type Tx, withSamePerson } from '#libs/journal';
import { admitted, type Asking, type Clock, type Database, recordReading, sightOf } from '#libs/platform';
import type { HeldPage } from './entry.js';
import { type FoundSubject, HeldAbout, type HeldQuestion, type Subjects } from './held-about.js';
import { entriesOf, type Telling, textsOf } from './story.js';

/** As much of a kind of record's stories as is needed to tell them. */
interface Stories<State> {
  standings(tx: Tx, recordIds: string[]): Promise<Standing<State>[]>;
  story(tx: Tx, recordId: string): Promise<Stored[]>;
}

export interface HeldParts<State> {
  database: Database;
  clock: Clock;
  narrative: Narrative;
  records: Stories<State>;
  /** What the right to a record depends on, and what people call it. */
  held(standing: Standing<State>): Held;
  referenceOf(state: State): string;
  telling: Telling;
  find: Finding;
}

interface Page {
  authority: string;
  /** Below every id: from the first on. */
  after: string;
  limit: number;
}

/** The records of one's own authority that are about somebody, in the order of their ids. */
export type Finding = (tx: Tx, question: HeldQuestion, page: Page) => Promise<{ id: string }[]>;

const everyPage = `and authority = $2 and id > $3 order by id limit $4`;

/** Records that say themselves whom they are about, joined ones included. */
export const ofPerson = (table: 'concern' | 'dols_request'): Finding => (tx, { person }, { authority, after, limit }) =>
  tx.query(`${withSamePerson('$1')} select id from ${table} where person_id in (select one.id from one) ${everyPage}`, [person, authority, after, limit]);

/** Records that have their person, and their id, from the concern that they belong to. */
export const ofConcerns = (table: 'enquiry', idOf: (concernId: string) => string): Finding => (tx, { concerns = [] }, { authority, after, limit }) =>
  tx.query(`select id from ${table} where id = any($1::uuid[]) ${everyPage}`, [concerns.map(idOf), authority, after, limit]);

/** A page is one transaction, and one row of the audit. */
const mostRecords = 20;
const beforeAll = '00000000-0000-0000-0000-000000000000';
const what = 'subject access';

/** What the records of a service tell about somebody. */
export class HeldInRecords<State> extends HeldAbout implements Subjects {
  constructor(private readonly parts: HeldParts<State>) {
    super();
  }

  page(asking: Asking, question: HeldQuestion): Promise<HeldPage> {
    const { database, records, narrative, telling, referenceOf } = this.parts;
    const { authority } = asking.staff;
    if (authority === null) return Promise.resolve({ entries: [], next: null });
    return database.transaction(sightOf(asking), async (tx) => {
      const rows = await this.parts.find(tx, question, { authority, after: question.after ?? beforeAll, limit: mostRecords + 1 });
      const ids = rows.slice(0, mostRecords).map(({ id }) => id);
      const shown = await this.shown(tx, asking, { ids, why: question.why });
      const told = [];
      for (const { recordId, state } of shown) told.push({ recordId, reference: referenceOf(state), story: await records.story(tx, recordId) });
      return { entries: entriesOf(telling, told, await narrative.read(tx, textsOf(told))), next: rows.length > mostRecords ? ids.at(-1)! : null };
    });
  }

  byReference(asking: Asking, reference: string, why: string): Promise<FoundSubject[]> {
    const { database, telling, referenceOf, held } = this.parts;
    return database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(`select id from ${telling.record} where reference = any($1) and authority = $2 order by id limit ${mostRecords}`, [[reference, reference.toUpperCase()], asking.staff.authority]);
      const shown = await this.shown(tx, asking, { ids: rows.map(({ id }) => id), why });
      // Whoever tries references is seen to, whatever there is.
      if (shown.length === 0) await recordReading(tx, { staff: asking.staff, at: this.parts.clock.now(), recordIds: [], what, why });
      return shown.map((standing) => ({ id: standing.recordId, reference: referenceOf(standing.state), personId: held(standing).aboutPersonId ?? null }));
    });
  }

  /** Those of these records that somebody may see, once it is recorded that they do. */
  private async shown(tx: Tx, asking: Asking, { ids, why }: { ids: string[]; why: string }): Promise<Standing<State>[]> {
    const { records, held, clock } = this.parts;
    const standings = await records.standings(tx, ids);
    const shown = admitted(asking, standings.map((standing) => ({ id: standing.recordId, held: held(standing), standing }))).map(({ standing }) => standing);
    if (shown.length > 0) await recordReading(tx, { staff: asking.staff, at: clock.now(), recordIds: shown.map(({ recordId }) => recordId), what, why });
    return shown.toSorted((one, other) => one.recordId.localeCompare(other.recordId));
  }
}
