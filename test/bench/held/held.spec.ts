import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { FromPeople } from '#libs/claims';
import { Records, type Slice, type Standing, type Tx } from '#libs/journal';
import { requestSlice } from '#apps/dols/src/request/adapters/persistence/slice';
import { FromCases } from '#apps/people/src/person/adapters/events/from-cases';
import { isNhsNumber } from '#apps/people/src/person/domain/nhs-number';
import { personSlice } from '#apps/people/src/person/adapters/persistence/slice';
import { FromTriage } from '#apps/section42/src/enquiry/adapters/events/from-triage';
import { enquirySlice } from '#apps/section42/src/enquiry/adapters/persistence/slice';
import { concernSlice } from '#apps/triage/src/concern/adapters/persistence/slice';
import { brokenLinks } from '../../../libs/journal/src/verify/chain.ts';
import { weights } from '../../oracle/weights.ts';
import { heldConcern } from './concern-acts.ts';
import { heldEnquiry } from './enquiry-acts.ts';
import { heldPerson } from './invented-person.ts';
import { keepingOf } from './keeping.ts';
import { batchesOf, layAll } from './lay.ts';
import { MemoryTables } from './memory-tables.ts';
import { englandPlan, heldPlan } from './plan.ts';
import { heldRequest } from './request-acts.ts';
import { type Keeper, keepers, takes } from './takers.ts';

type Kept = Record<Keeper, MemoryTables>;
type Any = Slice<any, any, any>;

const slices: Record<Keeper, Any> = { people: personSlice, triage: concernSlice, section42: enquirySlice, dols: requestSlice };
const readTable: Record<Keeper, [table: string, key: string]> = { people: ['person', 'person_id'], triage: ['concern', 'id'], section42: ['enquiry', 'id'], dols: ['dols_request', 'id'] };
const key = Buffer.alloc(32, 7);

async function laidIn(concerns: number, seed: number): Promise<Kept> {
  const kept = { people: new MemoryTables(), triage: new MemoryTables(), section42: new MemoryTables(), dols: new MemoryTables() };
  const by = (service: Keeper) => ({ tables: kept[service], key });
  const plan = heldPlan(concerns, seed);
  const keepers = keepingOf({ people: by('people'), triage: by('triage'), section42: by('section42'), dols: by('dols') });
  await layAll(keepers, plan, { batches: batchesOf(plan, 50), onLaid: () => undefined });
  return kept;
}

let kept: Kept;
beforeAll(async () => {
  kept = await laidIn(400, 1);
}, 60_000);

/** The rows in the order in which the check reads them. */
const byRecord = ({ journal }: MemoryTables) => journal.toSorted((one, other) => (one.record_id < other.record_id ? -1 : one.record_id > other.record_id ? 1 : one.sequence - other.sequence));

async function found(rows: Parameters<typeof brokenLinks>[0]) {
  const running = brokenLinks(rows);
  const findings: unknown[] = [];
  for (let step = await running.next(); ; step = await running.next()) {
    if (step.done) return { findings, looked: step.value.looked };
    findings.push(step.value);
  }
}

/** What a story says but for what its service draws itself. */
const saying = ({ journal }: MemoryTables) => journal.map(({ record_id, sequence, type, authority, occurred_at, actor }) => `${record_id} ${sequence} ${type} ${authority} ${occurred_at} ${actor}`).toSorted();

describe('what is held', () => {
  it.each(keepers)('has in %s a journal whose chains hold', async (service) => {
    const { findings, looked } = await found(byRecord(kept[service]) as never);
    expect(findings).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  });

  it.each(keepers)('has in %s the read rows that follow from its stories', async (service) => {
    const ids = [...new Set(kept[service].journal.map((row) => row.record_id))];
    const [table, name] = readTable[service];
    const folded = new MemoryTables();
    await kept[service].within(async (tx: Tx) => {
      const standings: Standing<unknown>[] = await new Records(slices[service]).standings(tx, ids);
      await folded.within((other) => slices[service].project(other, standings));
    });
    const live = kept[service].rowsOf(table, name);
    expect(live.size).toBe(ids.length);
    expect([...folded.rowsOf(table, name)].filter(([id, row]) => JSON.stringify(row) !== JSON.stringify(live.get(id)))).toEqual([]);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [again, other] = [await laidIn(60, 1), await laidIn(60, 2)];
    const once = await laidIn(60, 1);
    for (const service of keepers) {
      expect(saying(again[service])).toEqual(saying(once[service]));
      expect(saying(other[service])).not.toEqual(saying(once[service]));
    }
  }, 60_000);

  it('was taken by everybody who takes it, once', () => {
    const told = new Set(keepers.flatMap((service) => kept[service].journal.filter((row) => row['contract_sequence'] !== null).map((row) => `${row['id'] as string}:v1`)));
    for (const service of keepers) {
      const taken = (kept[service].inserts.get('inbox') ?? []).flatMap(([ids]) => ids as string[]);
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken.length).toBeGreaterThan(50);
      expect(taken.filter((id) => !told.has(id))).toEqual([]);
    }
  });

  it('is known to those who take it by what their handlers say', () => {
    const said = (handler: { prototype: object }): string[] =>
      Object.getOwnPropertyNames(handler.prototype).flatMap((name) => (Reflect.getMetadata(PATTERN_METADATA, (handler.prototype as never)[name]) as string[] | undefined) ?? []);
    expect([...takes.people].toSorted()).toEqual(said(FromCases).toSorted());
    expect([...takes.section42].toSorted()).toEqual(said(FromTriage).toSorted());
    for (const service of ['triage', 'dols'] as const) expect([...takes[service]].toSorted()).toEqual(said(FromPeople).toSorted());
  });

  it('says in words what can be read, and keeps no word in a story', () => {
    const texts = kept.triage.inserts.get('narrative')!.reduce((sum, [ids]) => sum + (ids as string[]).length, 0);
    expect(texts).toBeGreaterThan(400);
    expect(JSON.stringify(kept.triage.journal)).not.toMatch(/bruises|carer|heating/);
    expect(JSON.stringify(kept.people.journal)).not.toMatch(/"familyName"|NN\d/);
  });
});

describe('what is planned to be held', () => {
  const plan = heldPlan(8_000, 1);
  const concerns = Array.from({ length: 4_000 }, (_, at) => heldConcern(plan, 1 + at * 2));
  const share = (is: (one: (typeof concerns)[number]) => boolean): number => concerns.filter(is).length / concerns.length;

  it('has the proportions of the example', () => {
    expect(plan.dols / plan.concerns).toBeCloseTo(0.4447, 3);
    expect(share(({ outcome }) => outcome === 's42_enquiry')).toBeCloseTo(weights.triage_outcome.s42_enquiry / 1_000, 1);
    expect(share(({ authority }) => authority === 'E06000062')).toBeCloseTo(weights.authority.E06000062 / 1_000, 1);
    expect(share(({ cells }) => cells['channel'] === 'online')).toBeCloseTo(weights.channel.online / 1_000, 1);
  });

  it('has as many concerns about somebody of the last year as the example, about one in six', () => {
    const all = Array.from({ length: plan.concerns }, (_, at) => heldConcern(plan, at + 1)).toSorted((one, other) => one.receivedAt - other.receivedAt);
    const last = new Map<number, number>();
    let [of2024, repeats] = [0, 0];
    for (const { person, receivedAt } of all) {
      const before = last.get(person);
      last.set(person, receivedAt);
      if (new Date(receivedAt).getUTCFullYear() !== 2024) continue;
      of2024 += 1;
      if (before !== undefined && receivedAt - before <= 365 * 86_400_000) repeats += 1;
    }
    expect(repeats / of2024).toBeGreaterThan(0.14);
    expect(repeats / of2024).toBeLessThan(0.2);
  });

  it('has enough that waits for a whole page of every queue, with ten thousand held', () => {
    const small = heldPlan(10_000, 1);
    const ofWest = Array.from({ length: small.concerns }, (_, at) => heldConcern(small, at + 1)).filter(({ authority }) => authority === 'E06000062');
    expect(ofWest.filter(({ decidedAt }) => decidedAt === undefined).length).toBeGreaterThan(150);
    const open = ofWest.flatMap((one) => heldEnquiry(small, one, '') ?? []).filter(({ acts }) => acts.length === 1);
    expect(open.length).toBeGreaterThan(90);
    const requests = Array.from({ length: small.dols }, (_, at) => heldRequest(small, at + 1)).filter(({ authority, decidedAt }) => authority === 'E06000062' && decidedAt === undefined);
    expect(requests.filter(({ cells }) => cells['priority'] === 'low' && cells['kind'] === 'new').length).toBeGreaterThan(50);
  });

  it('is of England where that is asked for', () => {
    const england = englandPlan(1, 0.01);
    const some = Array.from({ length: 3_000 }, (_, at) => heldConcern(england, 1 + at * 2));
    expect(new Set(some.map(({ authority }) => authority)).size).toBe(152);
    expect(some.filter(({ outcome }) => outcome === 's42_enquiry').length / some.length).toBeCloseTo(0.289, 1);
    expect(Math.max(...some.map(({ receivedAt }) => receivedAt)) - Math.min(...some.map(({ receivedAt }) => receivedAt))).toBeLessThan(366 * 86_400_000);
  });

  it('gives nobody another’s NHS number, and few people the same surname', () => {
    const people = Array.from({ length: 5_000 }, (_, at) => heldPerson(plan, at + 1).said);
    const known = people.flatMap(({ nhsNumber }) => nhsNumber ?? []);
    expect(known.length).toBeGreaterThan(4_000);
    expect(new Set(known).size).toBe(known.length);
    expect(known.every((number) => number.startsWith('999') && isNhsNumber(number))).toBe(true);
    const commonest = Math.max(...[...Map.groupBy(people, ({ familyName }) => familyName).values()].map(({ length }) => length));
    expect(commonest / people.length).toBeGreaterThan(0.003);
    expect(commonest / people.length).toBeLessThan(0.02);
  });

  it('leaves nothing out between its batches', () => {
    const batches = [...batchesOf({ concerns: 1_001, dols: 445 }, 250)];
    expect(batches).toHaveLength(5);
    expect(batches.map(({ concerns }) => concerns.to - concerns.from + 1).reduce((a, b) => a + b)).toBe(1_001);
    expect(batches.map(({ requests }) => requests.to - requests.from + 1).reduce((a, b) => a + b)).toBe(445);
    expect(batches.slice(1).every(({ requests }, at) => requests.from === batches[at]!.requests.to + 1)).toBe(true);
  });
});

