import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { addHours } from '#libs/calendar';
import { fold } from '#libs/decider';
import { dataSource, migrate, seeing, type Seeing } from '#libs/journal';
import { Clock } from '#libs/platform';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { DecidedConcerns, type DecidedQuestion, type Place } from '../src/concern/adapters/persistence/decided-concerns.js';
import { FeedbackOwed } from '../src/concern/adapters/persistence/feedback-owed.js';
import { concernSlice } from '../src/concern/adapters/persistence/slice.js';
import { TriageQueue } from '../src/concern/adapters/persistence/triage-queue.js';
import { aConcern, aLegacyConcern, aTriage, MONDAY, reopened, TUESDAY } from '../src/concern/domain/a-concern.js';
import { concern, type ConcernEvent } from '../src/concern/domain/concern.js';
import { migrations } from '../src/migrations/index.js';

const NOW = '2026-06-05T09:00:00.000000Z';

class FixedClock extends Clock {
  now(): string {
    return NOW;
  }
}

let test: TestDatabase;
let source: DataSource;
let west: Seeing;

beforeAll(async () => {
  test = await testDatabase();
  await migrate({ url: test.url('triage', 'migrate'), schema: 'triage', migrations });
  source = await dataSource({ url: test.url('triage', 'app'), name: 'triage' }).initialize();
  west = seeing(source, ['E06000062']);
});
beforeEach(() => west.query('delete from concern').then(() => west.query('delete from second_look')));
afterAll(async () => {
  await source?.destroy();
  await test?.close();
});

/** A concern that stands where these events have brought it. */
async function stands(...events: ConcernEvent[]): Promise<string> {
  const recordId = randomUUID();
  await west.transaction((tx) => concernSlice.project(tx, [{ recordId, authority: 'E06000062', begunBy: null, sequence: events.length, state: fold(concern, events) }]));
  return recordId;
}

describe('the triage queue', () => {
  const asked = { page: 1, sort: 'priority', direction: 'asc', by: 'officer-1' } as const;
  const page = (more: object = {}) => new TriageQueue(new FixedClock()).page(west, { ...asked, ...more }) as Promise<{ items: { id: string }[]; total: number; counts: object }>;

  it('tells how many there are on a page past the end too', async () => {
    await stands(aConcern());
    expect(await page({ page: 9 })).toMatchObject({ items: [], total: 1 });
  });

  it('is narrowed to what one has, and to what nobody has', async () => {
    const given = (to: string | null): ConcernEvent => ({ type: 'ConcernAssigned', at: TUESDAY, by: 'manager-1', to });
    const mine = await stands(aConcern(), given('officer-2'), given('officer-1'));
    const free = await stands(aConcern(), given('officer-1'), given(null));
    const ids = async (more: object) => (await page(more)).items.map(({ id }) => id);
    expect([await ids({ assignedTo: 'officer-1' }), await ids({ assignedTo: null }), (await ids({})).toSorted()]).toEqual([[mine], [free], [mine, free].toSorted()]);
    expect((await page({ assignedTo: 'officer-1' })).items).toMatchObject([{ assignedTo: 'officer-1' }]);
    const counts = { all: 2, mine: 1, nobodys: 1, atRisk: 0, dangerNotKnown: 0, late: expect.any(Number), lateNobodys: expect.any(Number) };
    for (const more of [{}, { authority: 'E06000062' }, { assignedTo: null }, { assignedTo: 'officer-1', authority: 'E06000062' }]) expect(await page(more)).toMatchObject({ total: 'assignedTo' in more ? 1 : 2, counts });
  });

  it('puts first who is in danger now, and then, known or not, who has the least time left', async () => {
    const at = (hours: number, immediateRisk: boolean | null) => stands(aConcern({ at: addHours(NOW, -hours), immediateRisk }));
    const [no, unknown, late, danger, soon] = [await at(4, false), await at(5, null), await at(6, false), await at(1, true), await at(3, null)];
    const ids = async (more: object = {}) => (await page(more)).items.map(({ id }) => id);
    expect(await ids()).toEqual([danger, late, unknown, no, soon]);
    expect(await ids({ direction: 'desc' })).toEqual([soon, no, unknown, late, danger]);
    expect([await ids({ immediateRisk: 'not_known' }), await ids({ immediateRisk: 'no' }), await ids({ immediateRisk: 'yes' })]).toEqual([[unknown, soon], [late, no], [danger]]);
    for (const immediateRisk of ['yes', 'not_known']) expect(await page({ immediateRisk })).toMatchObject({ counts: { all: 5, atRisk: 1, dangerNotKnown: 2 } });
  });

  it('is read in its order from an index, however danger is asked for, and never sorted whole', async () => {
    await west.query('analyze concern');
    for (const risk of ['', 'and immediate_risk is not distinct from null::boolean', 'and immediate_risk is not distinct from true']) {
      const plan = JSON.stringify(await west.transaction(async (tx) => {
        for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.query(`set local enable_${way} = off`);
        return tx.query(`explain select id from concern where status = 'awaiting-triage' and authority = 'E06000062' ${risk} order by (immediate_risk is true) desc, clocks_from, received_at, id limit 50`);
      }));
      expect([plan, /concern_queue/.test(plan), /Sort/.test(plan)]).toEqual([plan, true, false]);
    }
  });

  it('is still the same until something comes, changes or goes, as far as it is asked for', async () => {
    const queue = new TriageQueue(new FixedClock());
    const state = async (more: object = {}) => (await queue.state(west, { ...asked, ...more })).state;
    const nobodys = { assignedTo: null };
    const given: ConcernEvent = { type: 'ConcernAssigned', at: TUESDAY, by: 'manager-1', to: 'officer-1' };
    const states = [await state()];
    await stands(aConcern());
    states.push(await state());
    expect((await page()) as object).toMatchObject({ state: states[1] });
    const free = await state(nobodys);
    const recordId = await stands(aConcern(), given);
    states.push(await state());
    expect(await state(nobodys)).toBe(free);
    const told: ConcernEvent[] = [aConcern(), given, { ...given, to: null }];
    await west.transaction((tx) => concernSlice.project(tx, [{ recordId, authority: 'E06000062', begunBy: null, sequence: told.length, state: fold(concern, told) }]));
    states.push(await state());
    expect([new Set(states).size, (await state(nobodys)) === free]).toEqual([4, false]);
  });

  it('has as late what a clock says is late', async () => {
    const late = await stands(aConcern({ at: addHours(NOW, -25) }));
    const early = await stands(aConcern({ at: addHours(NOW, -23) }));
    const ids = async (more: object) => (await page(more)).items.map(({ id }) => id);
    expect([await ids({ late: true }), await ids({ late: false })]).toEqual([[late], [early]]);
    expect(await page({ late: false, immediateRisk: 'no' })).toMatchObject({ counts: { all: 2, late: 1, lateNobodys: 1, mine: 0 } });
  });
});

describe('what is decided', () => {
  const asked = { authority: 'E06000062', by: 'officer-9' };
  const page = (more: Partial<DecidedQuestion> = {}) => new DecidedConcerns(new FixedClock()).page(west, { ...asked, ...more });
  const ids = async (more: Partial<DecidedQuestion> = {}) => (await page(more)).items.map(({ id }) => id);

  it('is listed in the own council, the newest decision first, by its outcome and by who made it', async () => {
    const first = await stands(aConcern(), aTriage({ at: TUESDAY, decidedBy: 'officer-2' }));
    const later = await stands(aConcern(), aTriage({ at: NOW, outcome: 'quality_team' }));
    await stands(aConcern(), aTriage(), reopened);
    await stands(aConcern());
    expect(await page()).toMatchObject({ items: [{ id: later, decidedAt: NOW, decidedBy: 'officer-1', outcome: 'quality_team', feedback: 'owed' }, { id: first }], next: null });
    expect([await ids({ outcome: 'quality_team' }), await ids({ decidedBy: 'officer-2' }), await ids({ outcome: 'quality_team', decidedBy: 'officer-2' }), await ids({ authority: 'E06000061' })]).toEqual([[later], [first], [], []]);
  });

  it('goes on after the last of a page, none twice and none left out, also where many were decided in one moment', async () => {
    const all: string[] = [];
    for (let made = 0; made < 120; made += 1) all.push(await stands(aConcern(), aTriage({ at: made % 2 === 0 ? TUESDAY : NOW })));
    const seen: string[] = [];
    for (let after: Place | null | undefined; after !== null; ) {
      const { items, next } = await page({ after });
      seen.push(...items.map(({ id }) => id));
      after = next;
    }
    expect([seen.length, seen.toSorted()]).toEqual([120, all.toSorted()]);
  });

  it('is not told to whoever may have to decide it again, and to whoever made it', async () => {
    const id = await stands(aConcern(), aTriage({ outcome: 'quality_team' }), { type: 'SecondLookDrawn', at: TUESDAY, decision: 1 });
    expect((await page()).items).toMatchObject([{ id, outcome: null }]);
    expect((await page({ by: 'officer-1' })).items).toMatchObject([{ id, outcome: 'quality_team' }]);
    expect([await ids({ outcome: 'quality_team' }), await ids({ outcome: 'quality_team', by: 'officer-1' })]).toEqual([[], [id]]);
    const owed = new FeedbackOwed(new FixedClock());
    expect([(await owed.page(west, { page: 1, by: 'officer-9' })).items, (await owed.page(west, { page: 1, by: 'officer-1' })).items]).toMatchObject([[{ id, outcome: null }], [{ id, outcome: 'quality_team' }]]);
  });

  it('is asked of an index, however it is narrowed', async () => {
    await west.query('analyze concern');
    for (const more of ['', `and outcome = 'quality_team'`, `and decided_by = 'officer-1'`]) {
      const plan = JSON.stringify(await west.transaction(async (tx) => {
        for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.query(`set local enable_${way} = off`);
        return tx.query(`explain select id from concern where status = 'triaged' and authority = 'E06000062' ${more} and (decided_at, id) < (now(), '0190c1d2-0000-7000-8000-0000000000c1'::uuid) order by decided_at desc, id desc limit 51`);
      }));
      expect(plan).toMatch(/concern_decided/);
      expect(plan).not.toMatch(/Sort/);
    }
  });
});

describe('who is owed an answer', () => {
  const owed = (more: object = {}) => new FeedbackOwed(new FixedClock()).page(west, { page: 1, by: 'officer-9', ...more }) as Promise<{ items: { id: string }[]; total: number }>;
  const told: ConcernEvent = { type: 'ReferrerTold', at: NOW, by: 'officer-1', decision: 1, message: null };

  it('is whoever raised what is decided and was not told, the oldest decision first', async () => {
    const later = await stands(aConcern(), aTriage({ at: NOW }));
    const first = await stands(aConcern(), aTriage({ at: TUESDAY }));
    await stands(aConcern(), aTriage(), told);
    await stands(aConcern(), aTriage(), reopened);
    await stands(aConcern());
    const { type: _type, decision: _none, ...imported } = aLegacyConcern({ person: null });
    const { decision: _n, ...decision } = aTriage({ at: MONDAY });
    await stands({ ...imported, type: 'ConcernImported', decision: { ...decision, decidedByInWords: null } });
    expect(await owed({ authority: 'E06000062' })).toMatchObject({ total: 2, items: [{ id: first, decidedAt: TUESDAY, waitingDays: 3 }, { id: later }] });
    expect(await owed({ authority: 'E06000061' })).toMatchObject({ total: 0, items: [] });
    expect(await owed({ page: 2 })).toMatchObject({ total: 2, items: [] });
  });
});
