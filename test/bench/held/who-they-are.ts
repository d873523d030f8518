import { londonDay } from '#libs/calendar';
import type { Envelope, Request } from '#libs/journal';
import { judgeAge } from '#apps/people/src/person/application/age-on';
import { type HeldIdentity, heldIdentity } from '#apps/people/src/person/application/held-identity';
import type { PersonCommand } from '#apps/people/src/person/domain/commands';
import type { RecordKind } from '#apps/people/src/person/domain/parts';
import { end, type Plan } from '../../oracle/invented.ts';
import { instantOf } from './acts.ts';
import type { Known } from './concern-acts.ts';
import { type HeldPerson, heldPerson } from './invented-person.ts';
import type { Keepers } from './keeping.ts';

/** A record that came in, and the message that told of it. */
export interface CameIn {
  record: { id: string; authority: string; person: number; receivedAt: number };
  kind: RecordKind;
  because: string;
}

/** So long after a record came in it is known whom it is about. */
const knownAfterMs = 900;

interface About extends CameIn {
  person: HeldPerson;
  identity: HeldIdentity;
  at: string;
}

/**
 * Files whom records are about, as `people` does once it has found out who they are: whoever is new is registered. Who is
 * who is known beforehand here, so nobody is compared with anybody.
 */
export async function fileWhoTheyAre({ people }: Keepers, plan: Plan, came: readonly CameIn[]): Promise<{ known: Map<string, Known>; told: Envelope[] }> {
  const about = came.map((one) => aboutOf(plan, one)).toSorted((one, other) => (one.at < other.at ? -1 : 1));
  return people.tables.within(async (tx) => {
    const { results, told } = await people.take(tx, about.flatMap(requestsOf));
    const isNew = new Set(results.filter(({ events }) => events.some(({ event }) => event.type === 'PersonRegistered')).map(({ recordId }) => recordId));
    const newcomers = new Map(about.filter(({ person }) => isNew.has(person.id)).map(({ person, identity }) => [person.id, { personId: person.id, identity }]));
    await people.file.keep(tx, [...newcomers.values()]);
    await people.claims.keep(tx, about.map(claimOf));
    return { known: new Map(told.flatMap(knownBy)), told };
  });
}

function aboutOf(plan: Plan, came: CameIn): About {
  const person = heldPerson(plan, came.record.person);
  return { ...came, person, identity: heldIdentity(person.said, londonDay(instantOf(end))), at: instantOf(came.record.receivedAt + knownAfterMs) };
}

function requestsOf({ person, record, kind, because, identity, at }: About): Request<PersonCommand>[] {
  const context = { actor: null, recordedAt: at, causationId: because };
  const age = judgeAge(identity.birthDate, londonDay(instantOf(record.receivedAt)));
  return [
    { recordId: person.id, command: { type: 'RegisterPerson', at, by: null, ...person.characteristics }, context: { ...context, authority: null } },
    { recordId: person.id, command: { type: 'KeepClaim', at, recordId: record.id, recordKind: kind, authority: record.authority, ...age }, context: { ...context, authority: record.authority } },
  ];
}

const claimOf = ({ person, record, kind }: About) => ({
  personId: person.id,
  recordId: record.id,
  recordKind: kind,
  authority: record.authority,
  receivedOn: londonDay(instantOf(record.receivedAt)),
  given: person.said,
});

/** What the receiver of a record learns of whom it is about. */
function knownBy({ id, type, subject, time, sequence, data }: Envelope): [string, Known][] {
  if (type !== 'safeguarding.person.identified.v1') return [];
  const { recordId, ageBand } = data as { recordId: string; ageBand: Known['ageBand'] };
  return [[recordId, { at: time, personId: subject, personSequence: sequence, ageBand, because: id }]];
}
