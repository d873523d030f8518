import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { AnyContract } from '#libs/contracts';
import type { Finding } from '#libs/journal';
import { peerAt } from '#libs/testing';
import { FactsCheck } from '../src/facts/adapters/rebuild/facts.check.js';
import { rebuildFacts } from '../src/facts/adapters/rebuild/rebuild-facts.js';
import { Shadow, ShadowTaken } from '../src/facts/adapters/rebuild/shadow.js';
import { APublisher } from './a-publisher.js';
import { contract, idOf } from './example-events.js';
import { MetricsDatabase } from './metrics-database.js';

const W = 'E06000062';
const at = (day: number) => `2024-03-${String(day).padStart(2, '0')}T12:00:00.000000Z`;
const codes = { channel: null, referrerType: null, abuseTypes: ['physical', 'a "quoted"\\one'], locationType: null, sourceOfRisk: null, immediateRisk: null, legacy: false };
const ofPerson = (reference: string, sequence: number, day: number) => ({ reference, sequence, authority: null, source: 'people', recordedAt: at(day) });

const person = (reference: string) =>
  contract('safeguarding.person.registered.v1', { gender: 'female', ethnicity: 'asian', primarySupportReason: 'none', localArea: 'N5' }, ofPerson(reference, 1, 1));
const joined = (reference: string, into: string) => contract('safeguarding.person.joined.v1', { into: idOf(into) }, ofPerson(reference, 2, 20));
const disposed = (reference: string, sequence: number) => contract('safeguarding.person.disposed.v1', {}, ofPerson(reference, sequence, 22));
const identified = (reference: string, concern: string) =>
  contract('safeguarding.person.identified.v1', { recordId: idOf(concern), recordKind: 'concern', ageBand: '65-74', under18: false }, ofPerson(reference, 3, 9));

function concern(reference: string, of: string): AnyContract[] {
  const about = { reference, authority: W, source: 'triage' };
  const limbs = { needs: 'yes', risk: 'yes', unable: 'yes' } as const;
  return [
    contract('safeguarding.concern.received.v1', { receivedAt: at(2), ...codes } as never, { ...about, sequence: 1, recordedAt: at(2) }),
    contract('safeguarding.concern.identified.v1', { personId: idOf(of), ageBand: '65-74' }, { ...about, sequence: 2, recordedAt: at(2) }),
    contract('safeguarding.concern.triaged.v1', { decidedAt: at(3), decision: 1, outcome: 's42_enquiry', limbs, notSafeguardingReason: null }, { ...about, sequence: 3, recordedAt: at(3) }),
    contract('safeguarding.concern.reopened.v1', { reopenedAt: at(5), previousOutcome: 's42_enquiry' }, { ...about, sequence: 4, recordedAt: at(5) }),
  ];
}

const people = [...['a', 'b', 'c'].map(person), joined('a', 'b'), identified('c', 'third'), disposed('c', 4)];
const ofThird = (sequence: number) => ({ reference: 'third', sequence, authority: W, source: 'triage', recordedAt: at(sequence + 1) });
const decidedAgain = [
  contract('safeguarding.concern.wishes-recorded.v1', { outcomesAsked: 'not_asked', couldNotAsk: true }, ofThird(5)),
  contract('safeguarding.concern.triaged.v1', { decidedAt: at(7), decision: 2, outcome: 'quality_team', limbs: { needs: 'no', risk: 'yes', unable: 'yes' }, notSafeguardingReason: 'already_known', sarReferral: true }, ofThird(6)),
];
const concerns = [...concern('first', 'a'), ...concern('second', 'b'), ...concern('third', 'c'), ...decidedAgain];
const many = Array.from({ length: 400 }, (_, index) => concern(`of many ${index}`, 'a')).flat();

let metrics: MetricsDatabase;
let publishers: [APublisher, APublisher];
beforeAll(async () => {
  metrics = await MetricsDatabase.make();
  publishers = [await APublisher.start(), await APublisher.start()];
});
beforeEach(async () => {
  await metrics.empty();
  for (const publisher of publishers) publisher.forgetAll();
});
afterAll(async () => {
  await metrics.close();
  for (const publisher of publishers) await publisher.close();
});

const peers = () => publishers.map(({ url }) => peerAt(url));

async function rebuild(onProgress: () => void = () => {}) {
  const shadow = await Shadow.open(metrics.connect);
  try {
    return await rebuildFacts({ shadow, connect: metrics.connect, publishers: peers() }, onProgress);
  } finally {
    await shadow.close();
  }
}

const shape = () =>
  metrics.asOwner(`
    select 'index' as kind, indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as is from pg_index join pg_class c on c.oid = indrelid where relnamespace = 'metrics'::regnamespace
    union all select 'constraint', conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'metrics'::regnamespace
    union all select 'table', oid::regclass::text, concat(relacl::text, ' ', relowner::regrole, ' ', relrowsecurity and relforcerowsecurity, ' ', obj_description(oid, 'pg_class')) from pg_class where relnamespace = 'metrics'::regnamespace and relkind = 'r'
    union all select 'column', attrelid::regclass || '.' || attname, concat(attnum, ' ', format_type(atttypid, atttypmod), ' ', attnotnull, ' ', attacl::text) from pg_attribute join pg_class c on c.oid = attrelid where relnamespace = 'metrics'::regnamespace and attnum > 0
    union all select 'policy', tablename || ' ' || policyname, concat(cmd, ' ', roles::text, ' ', qual) from pg_policies where schemaname = 'metrics'
    order by 1, 2, 3`);

describe('rebuilding the facts', () => {
  it('gives the rows that taking the messages one by one gave, inbox included, whatever the order of either', async () => {
    await metrics.deliver([...concerns, ...people], 3);
    const live = await metrics.everything();
    const all = [...people, ...concerns];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length), async (other, split) => {
        await metrics.empty();
        for (const publisher of publishers) publisher.forgetAll();
        publishers[0].tell(...other.slice(0, split));
        publishers[1].tell(...other.slice(split));
        expect(await rebuild()).toMatchObject({ events: all.length });
        expect(await metrics.everything()).toEqual(live);
      }),
      { numRuns: 6 },
    );
  });

  it('mends what was changed, deleted and added by hand, and what was never delivered', async () => {
    publishers[0].tell(...people);
    publishers[1].tell(...concerns);
    await metrics.deliver([...people, ...concerns]);
    const right = await metrics.everything();
    await metrics.asOwner(`
      update concern_fact set outcome = 'no_further_action' where id = '${idOf('first')}' and outcome is not null;
      delete from concern_fact where id = '${idOf('second')}';
      delete from inbox where message_id = '${concerns[0]!.id}';
      delete from event where record_id = '${idOf('third')}';
      insert into person_fact values ('${idOf('nobody')}', now(), null, 'female', 'asian', 'none', null)`);
    await rebuild();
    expect(await metrics.everything()).toEqual(right);
  });

  it('leaves taken what was taken and is no fact', async () => {
    const other = `${idOf('somebody who works here')}:v1`;
    publishers[0].tell(...people);
    await metrics.deliver(people);
    await metrics.asOwner(`insert into inbox (message_id) values ('${other}')`);
    const before = await metrics.everything();
    await rebuild();
    expect(await metrics.everything()).toEqual(before);
  });

  it('leaves rights, keys, indexes, comments and columns as they were', async () => {
    const before = await shape();
    publishers[0].tell(...people);
    await rebuild();
    expect(await shape()).toEqual(before);
    await metrics.deliver(concerns);
    await rebuild();
    expect(await shape()).toEqual(before);
  });

  it('loses nothing of what is taken meanwhile, counts nothing twice, and shows no reader half', async () => {
    publishers[0].tell(...people);
    publishers[1].tell(...many.slice(0, 400));
    await metrics.deliver([...people, ...many.slice(0, 400)]);
    let isOver = false;
    const least = 100;
    const seen: number[] = [];
    const reading = (async () => {
      while (!isOver) {
        const { authorities } = await metrics.report({ asOf: '2024-03-31' });
        seen.push((authorities['all']!['repeat_concerns_2024'] as { concerns: number }).concerns);
      }
    })();
    const writing = (async () => {
      for (let next = 400; next < many.length; next += 12) {
        const some = many.slice(next, next + 12);
        publishers[1].tell(...some);
        await metrics.deliver(some, 5);
      }
    })();
    for (let round = 0; round < 3; round += 1) await rebuild();
    await writing;
    isOver = true;
    await reading;
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(least);
    expect(seen.toSorted((one, other) => one - other)).toEqual(seen);
    const live = await metrics.everything();
    await metrics.empty();
    await metrics.deliver([...people, ...many]);
    expect(live).toEqual(await metrics.everything());
  }, 60_000);

  it('changes nothing when it is given up, or when a service cannot be read to its end', async () => {
    publishers[0].tell(...people);
    await metrics.deliver(people);
    const before = await metrics.everything();
    await metrics.asOwner(`delete from person_fact`);
    await expect(rebuild(() => { throw new Error('given up'); })).rejects.toThrow('given up');
    const shadow = await Shadow.open(metrics.connect);
    await expect(rebuildFacts({ shadow, connect: metrics.connect, publishers: [...peers(), peerAt('http://127.0.0.1:9')] }, () => {})).rejects.toThrow('cannot be read');
    await shadow.close();
    expect(await metrics.all.query('select from person_fact')).toEqual([]);
    await rebuild();
    expect(await metrics.everything()).toEqual(before);
  }, 60_000);

  it('is refused while another one goes on', async () => {
    const shadow = await Shadow.open(metrics.connect);
    await expect(Shadow.open(metrics.connect)).rejects.toThrow(ShadowTaken);
    await shadow.close();
    await rebuild();
  });
});

describe('verifying the facts', () => {
  const check = async (): Promise<{ found: Finding[]; looked: number }> => {
    const running = new FactsCheck({ connect: metrics.connect, publishers: peers() }, 50).run();
    const found: Finding[] = [];
    for (let step = await running.next(); ; step = await running.next()) {
      if (step.done) return { found, looked: step.value.looked };
      found.push(step.value);
    }
  };

  it('finds nothing where all is well, and each that was changed, deleted or added by hand', async () => {
    publishers[0].tell(...people);
    publishers[1].tell(...concerns);
    await metrics.deliver([...people, ...concerns]);
    expect(await check()).toEqual({ found: [], looked: people.length + concerns.length });
    await metrics.asOwner(`
      update concern_fact set outcome = 'no_further_action' where id = '${idOf('first')}' and outcome is not null;
      delete from concern_fact where id = '${idOf('second')}';
      update event set data = data || '{"localArea": "N6"}' where record_id = '${idOf('b')}' and sequence = 1;
      insert into person_fact values ('${idOf('nobody')}', now(), null, 'female', 'asian', 'none', null)`);
    expect((await check()).found.toSorted((one, other) => one.what.localeCompare(other.what))).toEqual([
      { what: 'a fact differs from what its contracts tell', where: { table: 'concern_fact', id: idOf('first') } },
      { what: 'a fact follows from no contract', where: { table: 'person_fact', id: idOf('nobody') } },
      { what: 'a fact is missing', where: { table: 'concern_fact', id: idOf('second') } },
      { what: 'a kept event differs from what its contracts tell', where: { table: 'event', id: idOf('b') } },
    ]);
  });

  it('takes what is on its way for nothing wrong', async () => {
    publishers[0].tell(...people);
    publishers[1].tell(...concerns);
    const checking = check();
    await pause(100);
    for (const one of [...people, ...concerns]) await metrics.deliver([one]);
    expect((await checking).found).toEqual([]);
  });

  it('finds what differs also behind more than can be told of at once', async () => {
    publishers[0].tell(...people);
    publishers[1].tell(...many);
    await metrics.deliver([...people, ...many.slice(0, -1)]);
    await metrics.asOwner(`
      insert into person_fact select gen_random_uuid(), now(), null, 'female', 'asian', 'none', null from generate_series(1, 12000);
      update alias_fact set known_from = known_from + interval '1 day'`);
    const checking = check();
    await pause(200);
    await metrics.deliver(many.slice(-1));
    const { found } = await checking;
    expect([found.filter(({ where }) => where['table'] === 'person_fact').length, found.filter(({ where }) => where['table'] !== 'person_fact')]).toMatchObject([12_000, [{ where: { table: 'alias_fact' } }]]);
  }, 60_000);
});
