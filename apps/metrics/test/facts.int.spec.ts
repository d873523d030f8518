import * as fc from 'fast-check';
import type { AnyContract } from '#libs/contracts';
import { contract, idOf } from './example-events.js';
import { MetricsDatabase } from './metrics-database.js';

const W = 'E06000062';
const N = 'E06000061';
const at = (day: number) => `2024-03-${String(day).padStart(2, '0')}T12:00:00.000000Z`;
const codes = { channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null, legacy: false };
const characteristics = { gender: 'female', ethnicity: 'asian', primarySupportReason: 'none', localArea: 'N5' } as const;

const person = (reference: string) =>
  contract('safeguarding.person.registered.v1', characteristics, { reference, sequence: 1, authority: null, source: 'people', recordedAt: at(1) });
const identified = (reference: string, concern: string) =>
  contract('safeguarding.person.identified.v1', { recordId: idOf(concern), recordKind: 'concern', ageBand: '65-74', under18: false },
    { reference, sequence: 4, authority: null, source: 'people', recordedAt: at(9) });
const joined = (reference: string, into: string, sequence: number) =>
  contract('safeguarding.person.joined.v1', { into: idOf(into) }, { reference, sequence, authority: null, source: 'people', recordedAt: at(20) });
const separated = (reference: string, sequence: number) =>
  contract('safeguarding.person.separated.v1', {}, { reference, sequence, authority: null, source: 'people', recordedAt: at(21) });
const disposed = (reference: string, sequence: number) =>
  contract('safeguarding.person.disposed.v1', {}, { reference, sequence, authority: null, source: 'people', recordedAt: at(22) });

function concern(reference: string, day: number, { of, authority = W }: { of: string; authority?: string }): AnyContract[] {
  const about = { reference, authority, source: 'triage' };
  return [
    contract('safeguarding.concern.received.v1', { receivedAt: at(day), ...codes }, { ...about, sequence: 1, recordedAt: at(day) }),
    contract('safeguarding.concern.identified.v1', { personId: idOf(of), ageBand: '65-74' }, { ...about, sequence: 2, recordedAt: at(day) }),
    contract('safeguarding.concern.triaged.v1',
      { decidedAt: at(day + 1), decision: 1, outcome: 's42_enquiry', limbs: { needs: 'yes', risk: 'yes', unable: 'yes' }, notSafeguardingReason: null },
      { ...about, sequence: 3, recordedAt: at(day + 1) }),
    contract('safeguarding.concern.reopened.v1', { reopenedAt: at(day + 3), previousOutcome: 's42_enquiry' }, { ...about, sequence: 4, recordedAt: at(day + 3) }),
  ];
}

describe('facts from contracts', () => {
  let metrics: MetricsDatabase;
  beforeAll(async () => {
    metrics = await MetricsDatabase.make();
  });
  beforeEach(() => metrics.empty());
  afterAll(() => metrics.close());

  const repeats = async (known?: string) => {
    const { authorities } = await metrics.report({ asOf: '2024-03-31', knownAt: known ?? null });
    return Object.fromEntries(Object.entries(authorities).map(([code, one]) => [code, (one['repeat_concerns_2024'] as { repeats_within_365_days: number }).repeats_within_365_days]));
  };

  it('are the same rows whatever the order, repetition and batches of the events, and forget whose cases a disposed person’s were', async () => {
    const events = [
      ...['a', 'b', 'c'].map(person), joined('a', 'b', 2), joined('b', 'c', 2), separated('b', 3), disposed('c', 2),
      identified('c', 'third'), identified('b', 'second'),
      ...concern('first', 2, { of: 'a' }), ...concern('second', 5, { of: 'b' }), ...concern('third', 9, { of: 'c', authority: N }),
    ];
    await metrics.take(events);
    const expected = await metrics.everything();
    const links = JSON.stringify(expected);
    expect([links.includes(`"recordId":"${idOf('second')}"`), links.includes(`"personId":"${idOf('b')}"`)]).toEqual([true, true]);
    expect([links.includes(`"recordId":"${idOf('third')}"`), links.includes(`"personId":"${idOf('c')}"`)]).toEqual([false, false]);
    // Disposed of by itself, when everything else is there.
    await metrics.empty();
    await metrics.take(events.filter(({ type }) => type !== 'safeguarding.person.disposed.v1' && type !== 'safeguarding.person.separated.v1'));
    await metrics.take([disposed('c', 2)], 1);
    await metrics.take([separated('b', 3)], 1);
    expect(await metrics.everything()).toEqual(expected);
    const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.integer({ min: 1, max: 12 }), async (other, batch) => {
        await metrics.empty();
        await metrics.take(other, batch);
        expect(await metrics.everything()).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('are whole when two batches tell of one record at once', async () => {
    const events = Array.from({ length: 20 }, (_, index) => concern(`concern ${index}`, 2, { of: 'a' }));
    await Promise.all([0, 1, 2, 3].map((nth) => metrics.take(events.map((story) => story[nth]!), 7)));
    const { authorities } = await metrics.report({ asOf: '2024-03-31' });
    expect(authorities['all']!['conversion_by_month_received']).toMatchObject({ '2024-03': { concerns: 20, s42_enquiries: 20, awaiting_triage_at_month_end: 20 } });
  });

  it('take two events that claim one place in a story for a fault, and keep neither half', async () => {
    const [received] = concern('first', 2, { of: 'a' });
    await metrics.take([received!]);
    const rival = { ...received!, id: `${idOf('another')}:v1` };
    await expect(metrics.take([...concern('second', 3, { of: 'a' }), rival])).rejects.toThrow('duplicate key');
    const { authorities } = await metrics.report({ asOf: '2024-03-31' });
    expect(authorities['all']!['repeat_concerns_2024']).toEqual({ concerns: 1, repeats_within_365_days: 0 });
  });

  it('stay where they are where something happened of which none is made', async () => {
    await metrics.take(concern('first', 2, { of: 'a' }));
    const rows = () => metrics.all.query('select id, nth, ctid, xmin::text from concern_fact union all select id, nth, ctid, xmin::text from telling_fact order by 1, 2');
    const before = await rows();
    const sentOn = { reference: 'first', authority: W, source: 'triage', sequence: 5, recordedAt: at(7) };
    await metrics.take([contract('safeguarding.concern.routed.v1', { routedAt: at(7), decision: 1, routes: [{ route: 'quality_team' }] }, sentOn)]);
    expect(await rows()).toEqual(before);
    expect(before).not.toEqual([]);
  });

  it('count a repeat within an authority, and for all within any', async () => {
    await metrics.take([...concern('first', 2, { of: 'a' }), ...concern('second', 5, { of: 'a', authority: N })]);
    expect(await repeats()).toEqual({ [W]: 0, [N]: 0, all: 1 });
  });

  it('count people who were joined as one, from when that was learnt and until they are separated', async () => {
    await metrics.take([...concern('first', 2, { of: 'a' }), ...concern('second', 5, { of: 'c' }), joined('a', 'b', 2), joined('b', 'c', 2)]);
    expect(await repeats()).toEqual({ [W]: 1, all: 1 });
    expect(await repeats(at(19))).toEqual({ [W]: 0, all: 0 });
    await metrics.take([separated('b', 3)]);
    expect(await repeats()).toEqual({ [W]: 0, all: 0 });
    expect(await repeats(at(20))).toEqual({ [W]: 1, all: 1 });
  });

  it('count repeats as they come as reading everything again would, whoever was joined and separated meanwhile', async () => {
    const who = fc.constantFrom('a', 'b', 'c', 'd');
    const one = fc.record({ name: fc.integer({ min: 1, max: 12 }), of: who, day: fc.integer({ min: 1, max: 27 }), authority: fc.constantFrom(W, N) });
    const raised = fc.uniqueArray(one, { minLength: 4, maxLength: 8, selector: ({ name }) => name }).map((some) => some.flatMap(({ name, day, ...about }) => concern(`concern ${name}`, day, about)));
    const led = fc.uniqueArray(fc.tuple(who, who).filter(([from, into]) => from !== into), { maxLength: 3, selector: ([from]) => from }).map((some) => some.map(([from, into]) => joined(from, into, 2)));
    const parted = fc.subarray(['a', 'b', 'c', 'd'], { maxLength: 2 }).map((some) => some.map((from) => separated(from, 3)));
    const told = fc.tuple(raised, led, parted).chain((all) => fc.shuffledSubarray(all.flat(), { minLength: all.flat().length }));
    await fc.assert(
      fc.asyncProperty(told, fc.integer({ min: 1, max: 12 }), async (events, batch) => {
        await metrics.empty();
        await metrics.take(events, batch);
        expect(await repeats()).toEqual(await repeats('2030-01-01T00:00:00.000Z'));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('find repeats by person, also where that was done with a hundred concerns, and thousands came before anybody counted them', async () => {
    const raise = (amount: number) => metrics.asOwner(`insert into concern_fact (id, known_from, nth, authority, received_at, waiting_from, person_id, abuse_types)
      select gen_random_uuid(), now(), 1, '${W}', now(), now(), gen_random_uuid(), '{}' from generate_series(1, ${amount})`);
    await metrics.empty();
    await raise(100);
    for (let often = 0; often < 7; often += 1) await metrics.all.query(`select metrics.find_repeats(array[gen_random_uuid()], '{}')`);
    await raise(5_000);
    const read = () => metrics.all.transaction(async (tx): Promise<number> => {
      await tx.query('select pg_stat_force_next_flush()');
      return Number((await tx.query(`select sum(idx_tup_read) + sum(seq_tup_read) as read from pg_stat_user_tables left join pg_stat_user_indexes using (relid) where pg_stat_user_tables.relname = 'concern_fact'`))[0].read);
    });
    const before = await read();
    await metrics.all.transaction(async (tx) => {
      await tx.query(`select metrics.find_repeats(array(select person_id from concern_fact limit 50), '{}')`);
      await tx.query('select pg_stat_force_next_flush()');
    });
    expect((await read()) - before).toBeLessThan(50_000);
  });

  it('survive joins that lead in a circle while a separation is not known', async () => {
    await metrics.take([...concern('first', 2, { of: 'a' }), ...concern('second', 5, { of: 'b' }), joined('a', 'b', 2), joined('b', 'a', 2)]);
    expect(await repeats()).toEqual({ [W]: 1, all: 1 });
  });

  it('count a reopened concern as awaiting triage, and its decision until the next', async () => {
    await metrics.take(concern('first', 2, { of: 'a' }));
    const month = async (asOf: string) => (await metrics.report({ asOf })).authorities['all']!['conversion_by_month_received'] as Record<string, unknown>;
    expect((await month('2024-03-02'))['2024-03']).toEqual({ concerns: 1, s42_enquiries: 0, rate_percent: 0, awaiting_triage_at_month_end: 1 });
    expect((await month('2024-03-03'))['2024-03']).toEqual({ concerns: 1, s42_enquiries: 1, rate_percent: 100, awaiting_triage_at_month_end: 0 });
    expect((await month('2024-03-05'))['2024-03']).toEqual({ concerns: 1, s42_enquiries: 1, rate_percent: 100, awaiting_triage_at_month_end: 1 });
  });
});
