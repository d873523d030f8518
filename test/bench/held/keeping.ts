import { type DomainEvent, type Envelope, envelopesOf, type KeySource, Narrative, Records, type Request, type Result, type Slice, type Tx, Vault } from '#libs/journal';
import { requestSlice } from '#apps/dols/src/request/adapters/persistence/slice';
import { SealedPersonFile } from '#apps/people/src/person/adapters/persistence/sealed-person-file';
import { personSlice } from '#apps/people/src/person/adapters/persistence/slice';
import { SqlClaimFile } from '#apps/people/src/person/adapters/persistence/sql-claim-file';
import { enquirySlice } from '#apps/section42/src/enquiry/adapters/persistence/slice';
import { concernSlice } from '#apps/triage/src/concern/adapters/persistence/slice';
import type { ServiceTables } from './service-tables.ts';
import type { Keeper } from './takers.ts';

/** One service's kind of record, written by its own rules into its own tables. */
export interface Keeping<Command, State, Event extends DomainEvent> {
  vault: Vault;
  tables: ServiceTables;
  /** Takes commands; answers with what came of them and with what others were told. */
  take(tx: Tx, requests: Request<Command>[]): Promise<{ results: Result<State, Event>[]; told: Envelope[] }>;
}

/** What it takes to write as a service. */
export interface KeptBy {
  tables: ServiceTables;
  key: Buffer | KeySource;
}

function keeping<State, Command, Event extends DomainEvent>(service: Keeper, slice: Slice<State, Command, Event>, { tables, key }: KeptBy): Keeping<Command, State, Event> & { narrative: Narrative } {
  const vault = new Vault(service, key);
  const narrative = new Narrative(vault);
  const records = new Records(slice, narrative);
  return {
    vault,
    narrative,
    tables,
    async take(tx, requests) {
      const results = await records.handleAll(tx, requests);
      const told = results.flatMap(({ events }) => events.flatMap((stored) => envelopesOf(service, stored, (event) => slice.publish(event as Event))));
      return { results, told };
    },
  };
}

/** The four services that keep records, ready to write. */
export function keepingOf(by: Readonly<Record<Keeper, KeptBy>>) {
  const people = keeping('people', personSlice, by.people);
  return {
    people: { ...people, file: new SealedPersonFile(people.narrative, people.vault), claims: new SqlClaimFile(people.narrative) },
    triage: keeping('triage', concernSlice, by.triage),
    section42: keeping('section42', enquirySlice, by.section42),
    dols: keeping('dols', requestSlice, by.dols),
  };
}

export type Keepers = ReturnType<typeof keepingOf>;
