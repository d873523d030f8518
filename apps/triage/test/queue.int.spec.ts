import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { addHours } from '#libs/calendar';
import { fold } from '#libs/decider';
import { dataSource, migrate, Vault } from '#libs/journal';
import { Clock, Database } from '#libs/platform';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { FeedbackOwed } from '../src/concern/adapters/persistence/feedback-owed.js';
import { project } from '../src/concern/adapters/persistence/read-table.js';
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
let database: Database;

beforeAll(async () => {
  test = await testDatabase();
  await migrate({ url: test.url('triage', 'migrate'), schema: 'triage', migrations });
  source = await dataSource({ url: test.url('triage', 'app'), name: 'triage' }).initialize();
  database = new Database(source, new Vault('triage', Buffer.alloc(32, 7)), () => {});
});
beforeEach(() => source.query('delete from concern'));
afterAll(async () => {
  await source?.destroy();
  await test?.close();
});

/** A concern that stands where these events have brought it. */
async function stands(...events: ConcernEvent[]): Promise<string> {
  const recordId = randomUUID();
  await project(source.manager, [{ recordId, authority: 'E06000062', begunBy: null, sequence: events.length, state: fold(concern, events) }]);
  return recordId;
}

describe('the triage queue', () => {
  const asked = { page: 1, sort: 'priority', direction: 'asc' } as const;
  const page = (more: object = {}) => new TriageQueue(database, new FixedClock()).page({ ...asked, ...more }) as Promise<{ items: { id: string }[]; total: number }>;

  it('tells how many there are on a page past the end too', async () => {
    await stands(aConcern());
    expect(await page({ page: 9 })).toMatchObject({ items: [], total: 1 });
  });

  it('has as late what a clock says is late', async () => {
    const late = await stands(aConcern({ at: addHours(NOW, -25) }));
    const early = await stands(aConcern({ at: addHours(NOW, -23) }));
    const ids = async (more: object) => (await page(more)).items.map(({ id }) => id);
    expect([await ids({ late: true }), await ids({ late: false })]).toEqual([[late], [early]]);
  });
});

describe('who is owed an answer', () => {
  const owed = (more: object = {}) => new FeedbackOwed(database, new FixedClock()).page({ page: 1, ...more }) as Promise<{ items: { id: string }[]; total: number }>;
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
