import { v5 } from 'uuid';
import { ageBand, ageOn, instant, londonDay } from '#libs/calendar';
import { type AnyContract, type ContractType, type DataOf } from '#libs/contracts';
import type { Rows, Taken } from '../../../test/oracle/judge.ts';

const NAMESPACE = '6f1b8f1e-0d53-4d0b-9d0c-3d9f7e1c2a10';
const LEARNT = '2025-08-01T09:00:00.000000Z';

/** A record's pseudonym. */
export const idOf = (reference: string): string => v5(reference, NAMESPACE);

/** What the services would publish about an extract whose rows were all taken. */
export function eventsOf(rows: Rows): AnyContract[] {
  return [...people(rows), ...concerns(rows), ...enquiries(rows), ...dols(rows)];
}

interface Envelope { reference: string; sequence: number; authority: string | null; source: string; recordedAt?: string; actor?: string | null }

/** One contract in its envelope. */
export function contract<Type extends ContractType>(type: Type, data: DataOf<Type>, about: Envelope): AnyContract {
  const { reference, sequence, authority, source, recordedAt = LEARNT, actor = null } = about;
  return {
    specversion: '1.0', id: `${v5(`${reference}/${sequence}/${type}/${recordedAt}`, NAMESPACE)}:v1`, type, source, subject: idOf(reference),
    time: recordedAt, recordedat: recordedAt, authority, actor, sequence, causationid: null, traceparent: null,
    datacontenttype: 'application/json', data,
  };
}

function* people(rows: Rows) {
  for (const [reference, { cells }] of rows.people) {
    const data = {
      gender: cells['gender'] || 'not_recorded', ethnicity: cells['ethnicity'] || 'not_recorded',
      primarySupportReason: cells['primary_support_reason'] || 'not_recorded', localArea: code(cells['local_area']),
    };
    yield contract('safeguarding.person.registered.v1', data as never, { reference, sequence: 1, authority: null, source: 'people' });
  }
}

function* concerns(rows: Rows) {
  for (const [reference, row] of rows.concerns) {
    const { cells } = row;
    const about = { reference, authority: cells['authority']!, source: 'triage' };
    const receivedAt = time(row, 'received_at')!;
    const received = {
      receivedAt, legacy: true, channel: code(cells['channel']), referrerType: code(cells['referrer_type']), abuseTypes: list(cells['abuse_types']),
      locationType: code(cells['location_type']), sourceOfRisk: code(cells['source_of_risk']), immediateRisk: code(cells['immediate_risk']),
    };
    yield contract('safeguarding.concern.received.v1', received as never, { ...about, sequence: 1 });
    yield contract('safeguarding.concern.identified.v1', subject(rows, cells, receivedAt), { ...about, sequence: 2 });
    const decidedAt = time(row, 'triaged_at');
    const limbs = { needs: null, risk: null, unable: null };
    const triaged = { decidedAt, decision: 1, outcome: cells['triage_outcome'], legacy: true, limbs, notSafeguardingReason: code(cells['not_safeguarding_reason']) };
    if (decidedAt) yield contract('safeguarding.concern.triaged.v1', triaged as never, { ...about, sequence: 3 });
  }
}

/** Every decision opens its enquiry first; the row, where there is one, fills it in. */
function* enquiries(rows: Rows) {
  const byConcern = new Map([...rows.enquiries.values()].map((row) => [row.cells['concern_ref']!, row]));
  for (const [concern, decision] of rows.concerns) {
    if (decision.cells['triage_outcome'] !== 's42_enquiry') continue;
    const about = { reference: `enquiry of ${concern}`, authority: decision.cells['authority']!, source: 'section42' };
    const opening = { concernId: idOf(concern), kind: 's42', legacy: true, conductedBy: null };
    yield contract('safeguarding.enquiry.opened.v1', { ...opening, openedAt: time(decision, 'triaged_at') } as never, { ...about, sequence: 1 });
    const row = byConcern.get(concern);
    if (row) yield* filledIn(row, opening, about);
  }
}

function* filledIn(row: Taken, opening: object, about: Omit<Envelope, 'sequence'>) {
  const { cells } = row;
  yield contract('safeguarding.enquiry.opened.v1', { ...opening, openedAt: time(row, 'opened_at') } as never, { ...about, sequence: 2 });
  const allocatedAt = time(row, 'allocated_at');
  if (allocatedAt) yield contract('safeguarding.enquiry.allocated.v1', { allocatedAt, again: false }, { ...about, sequence: 3 });
  const concluded = {
    concludedAt: time(row, 'concluded_at'), legacy: true, outcomesAsked: code(cells['outcomes_asked']), outcomesAchieved: code(cells['outcomes_achieved']),
    mentalCapacity: code(cells['mental_capacity']), advocate: code(cells['advocate']), riskOutcome: code(cells['risk_outcome']),
  };
  if (concluded.concludedAt) yield contract('safeguarding.enquiry.concluded.v1', concluded as never, { ...about, sequence: 4 });
}

function* dols(rows: Rows) {
  for (const [reference, row] of rows.dols) {
    const { cells } = row;
    const about = { reference, authority: cells['authority']!, source: 'dols' };
    const receivedAt = time(row, 'received_at')!;
    const imported = {
      receivedAt, kind: cells['kind'], urgent: code(cells['urgent']), setting: code(cells['setting']), ...subject(rows, cells, receivedAt),
      priority: code(cells['priority']), allocatedAt: time(row, 'allocated_at') ?? null, decidedAt: time(row, 'decided_at') ?? null,
      outcome: code(cells['outcome']), authorisedFrom: code(cells['authorised_from']), authorisedTo: code(cells['authorised_to']),
    };
    yield contract('safeguarding.dols-request.imported.v1', imported as never, { ...about, sequence: 1 });
  }
}

function subject(rows: Rows, cells: Record<string, string>, receivedAt: string) {
  const born = rows.people.get(cells['person_ref']!)?.born;
  return { personId: idOf(cells['person_ref']!), ageBand: ageBand(born === undefined ? undefined : ageOn(born, londonDay(receivedAt))) };
}

const code = (cell: string | undefined): string | null => cell || null;
const list = (cell: string | undefined): string[] => [...new Set((cell ?? '').split(';').filter(Boolean))];

function time({ times }: Taken, column: string): string | undefined {
  const micros = times[column];
  if (micros === undefined) return undefined;
  return instant(Number(micros / 1000n)).replace(/\d{3}Z$/, `${String(micros % 1000n).padStart(3, '0')}Z`);
}
