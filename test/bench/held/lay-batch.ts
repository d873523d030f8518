import type { Envelope, Tx } from '#libs/journal';
import type { Plan } from '../../oracle/invented.ts';
import { instantOf, requestsOf, staffOf } from './acts.ts';
import { handling, heldConcern, type HeldConcern, type Known, receipt } from './concern-acts.ts';
import { heldEnquiry } from './enquiry-acts.ts';
import { keepReadings, type Read } from './readings.ts';
import type { Keepers } from './keeping.ts';
import { heldRequest, type HeldRequest, requesting, working } from './request-acts.ts';
import { type Keeper, keepers, takes } from './takers.ts';
import { type CameIn, fileWhoTheyAre } from './who-they-are.ts';

/** Numbers from one up to and with another. */
export interface Span {
  from: number;
  to: number;
}

/** What is laid at once: some concerns, and the DoLS requests of the same part of the plan. */
export interface Batch {
  concerns: Span;
  requests: Span;
}

/** How many were laid. */
export interface Laid {
  concerns: number;
  enquiries: number;
  requests: number;
  events: number;
}

/** Lays concerns and requests with all that came of them, through the services' own rules into their own tables. */
export async function layBatch(by: Keepers, plan: Plan, batch: Batch): Promise<Laid> {
  const concerns = numbersOf(batch.concerns).map((number) => heldConcern(plan, number));
  const requests = numbersOf(batch.requests).map((number) => heldRequest(plan, number));
  const [ofConcerns, ofRequests] = await Promise.all([receiveConcerns(by, plan, concerns), receiveRequests(by, requests)]);
  const { known, told: ofPeople } = await fileWhoTheyAre(by, plan, [...cameIn('concern', concerns, ofConcerns), ...cameIn('dols_request', requests, ofRequests)]);
  const [handled, worked] = await Promise.all([handleConcerns(by, plan, { concerns, known }), workOn(by, plan, { requests, known })]);
  const enquired = await openEnquiries(by, plan, { concerns, told: handled });
  const told = [...ofConcerns, ...ofRequests, ...ofPeople, ...handled, ...worked, ...enquired.told];
  await takeAll(by, told);
  return { concerns: concerns.length, enquiries: enquired.enquiries, requests: requests.length, events: told.length };
}

const numbersOf = ({ from, to }: Span): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

const receiveConcerns = ({ triage }: Keepers, plan: Plan, concerns: readonly HeldConcern[]): Promise<Envelope[]> =>
  triage.tables.within(async (tx) => {
    const { told } = await triage.take(tx, concerns.flatMap((one) => requestsOf(triage.vault, one, [receipt(plan, one)])));
    await keepReadings(tx, triage.vault, [matching(concerns)]);
    return told;
  });

const receiveRequests = ({ dols }: Keepers, requests: readonly HeldRequest[]): Promise<Envelope[]> =>
  dols.tables.within(async (tx) => {
    const { told } = await dols.take(tx, requests.flatMap((one) => requestsOf(dols.vault, one, [requesting(one)])));
    await keepReadings(tx, dols.vault, [matching(requests)]);
    return told;
  });

/** Each record with the message that told of it. */
function cameIn(kind: CameIn['kind'], records: readonly CameIn['record'][], told: readonly Envelope[]): CameIn[] {
  const messages = new Map(told.map(({ subject, id }) => [subject, id]));
  return records.map((record) => ({ record, kind, because: messages.get(record.id)! }));
}

const handleConcerns = ({ triage }: Keepers, plan: Plan, { concerns, known }: { concerns: readonly HeldConcern[]; known: ReadonlyMap<string, Known> }): Promise<Envelope[]> =>
  triage.tables.within(async (tx) => {
    const { told } = await triage.take(tx, concerns.flatMap((one) => requestsOf(triage.vault, one, handling(plan, one, known.get(one.id)!))));
    await keepReadings(tx, triage.vault, concerns.flatMap(openedBy));
    return told;
  });

const workOn = ({ dols }: Keepers, plan: Plan, { requests, known }: { requests: readonly HeldRequest[]; known: ReadonlyMap<string, Known> }): Promise<Envelope[]> =>
  dols.tables.within(async (tx) => (await dols.take(tx, requests.flatMap((one) => requestsOf(dols.vault, one, working(plan, one, known.get(one.id)!))))).told);

async function openEnquiries({ section42 }: Keepers, plan: Plan, { concerns, told }: { concerns: readonly HeldConcern[]; told: readonly Envelope[] }): Promise<{ told: Envelope[]; enquiries: number }> {
  const decisions = new Map(told.filter(({ type }) => type === 'safeguarding.concern.triaged.v1').map(({ subject, id }) => [subject, id]));
  const enquiries = concerns.flatMap((one) => heldEnquiry(plan, one, decisions.get(one.id) ?? '') ?? []);
  return section42.tables.within(async (tx) => {
    const { told } = await section42.take(tx, enquiries.flatMap(({ record, acts }) => requestsOf(section42.vault, record, acts)));
    return { told, enquiries: enquiries.length };
  });
}

/** `people` asked for what records said about their people. */
const matching = (records: readonly CameIn['record'][]): Read => ({
  at: instantOf(Math.max(0, ...records.map(({ receivedAt }) => receivedAt))),
  by: 'service-people',
  authority: null,
  records: records.map(({ id }) => id),
  what: 'identity',
  why: 'matching',
});

/** Whoever decided a concern had it open before. */
const openedBy = ({ id, authority, number, decidedAt }: HeldConcern): Read[] =>
  decidedAt === undefined ? [] : [{ at: instantOf(decidedAt), by: staffOf('triage', authority, number), authority, records: [id], what: 'concern case', why: null }];

/** Everybody has taken what the others told. */
async function takeAll(by: Keepers, told: readonly Envelope[]): Promise<void> {
  await Promise.all(keepers.map((service) => by[service].tables.within((tx) => takeThese(tx, service, told))));
}

async function takeThese(tx: Tx, service: Keeper, told: readonly Envelope[]): Promise<void> {
  const ids = told.filter(({ type }) => takes[service].includes(type)).map(({ id }) => id);
  await tx.query('insert into inbox (message_id) select unnest($1::text[])', [ids]);
}
