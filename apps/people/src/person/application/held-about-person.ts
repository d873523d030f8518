import { Injectable } from '@nestjs/common';
import { Narrative, type Stored, type Tx } from '#libs/journal';
import { type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';
import { type Entry, entriesOf, HeldAbout, type HeldPage, type HeldQuestion, leavesOf, type Telling, textsOf } from '#libs/subject-access';
import type { PersonEvent } from '../domain/events.js';
import { ChangePerson } from './change-person.js';
import { Acquaintance, ClaimFile, type KeptClaim, PersonFile } from './person-file.js';
import { Persons } from './persons.js';

const service = 'people';
const otherToo = 'is about somebody else, who was taken for the person';
const telling: Telling = { service, record: 'person', flags: { 'KeptApart.reason': otherToo, 'KeepingApartUndone.reason': otherToo } };
const kinds: Record<KeptClaim['recordKind'], string> = { concern: 'concern', dols_request: 'DoLS request' };

/** What is held here about somebody: who they are, what records said of that, and what happened to it. */
@Injectable()
export class HeldAboutPerson extends HeldAbout {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly people: PersonFile,
    private readonly claims: ClaimFile,
    private readonly acquaintance: Acquaintance,
    private readonly changes: ChangePerson,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
  ) {
    super();
  }

  page(asking: Asking, { person, why }: HeldQuestion): Promise<HeldPage> {
    const { staff } = asking;
    return this.database.transaction(sightOf(asking), async (tx) => {
      await this.changes.mustKnow(tx, asking, person);
      const same = await this.shown(tx, person, staff.authority!);
      const claims = await this.claims.saidOf(tx, same, staff.authority!);
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [...same, ...claims.map(({ recordId }) => recordId)], what: 'subject access', why });
      const told = [];
      for (const recordId of same) told.push({ recordId, reference: '', story: await this.story(tx, recordId, staff.authority!) });
      const words = await this.narrative.read(tx, textsOf(told));
      return { entries: [...(await this.identities(tx, same)), ...claims.flatMap(saidBy), ...entriesOf(telling, told, words)], next: null };
    });
  }

  /** The person, who stands for them, and who is one with them by a record that is shown: nobody else is told of. */
  private async shown(tx: Tx, person: string, authority: string): Promise<string[]> {
    const same = await this.acquaintance.same(tx, person);
    const hidden = await this.claims.hiddenOnly(tx, same, authority);
    const standIn = (await this.acquaintance.standIns(tx, [person])).get(person)?.personId;
    return same.filter((id) => id === person || id === standIn || !hidden.has(id));
  }

  /** What another council did to the same record is that council's to tell; and nothing leads to a record that is restricted. */
  private async story(tx: Tx, personId: string, authority: string): Promise<Stored<PersonEvent>[]> {
    const all = (await this.persons.story(tx, personId)).filter((one) => one.authority === null || one.authority === authority);
    const hidden = await this.acquaintance.hidden(tx, all.flatMap(({ event }) => ('recordId' in event ? [event.recordId] : [])));
    return all.filter(({ event }) => !('recordId' in event && hidden.has(event.recordId)));
  }

  private async identities(tx: Tx, personIds: string[]): Promise<Entry[]> {
    const held = [...(await this.people.read(tx, personIds))].toSorted(([one], [other]) => one.localeCompare(other));
    return held.flatMap(([recordId, identity]) =>
      entriesOfForm({ service, record: 'person', recordId, reference: '', when: null }, 'Who they are', identity),
    );
  }
}

const entriesOfForm = (head: Pick<Entry, 'service' | 'record' | 'recordId' | 'reference' | 'when'>, what: string, form: object): Entry[] =>
  leavesOf(form).map(({ path, said }) => ({ ...head, what: `${what}: ${inWords(path)}`, words: said, thirdParty: null }));

/** That a record names somebody, and what it said of who they are. */
function saidBy({ recordId, recordKind, receivedOn, given }: KeptClaim): Entry[] {
  const head = { service, record: recordKind, recordId, reference: '', when: receivedOn };
  const kind = kinds[recordKind];
  return [{ ...head, what: `A ${kind} names this person`, words: 'It was received on that day.', thirdParty: null }, ...entriesOfForm(head, `What that ${kind} said of who they are`, given)];
}

const inWords = (path: readonly string[]): string => path.join(', ').replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
