import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { Standing, Tx, Vault } from '#libs/journal';
import { NOTHING_KEEPS_IT, type RetentionBasis } from '#libs/retention';
import type { Asking } from './asking.js';
import { Database } from './database.js';
import { DueRecords } from './due-records.js';

const id = '0190c1d2-0000-4000-8000-0000000000d1';
const basis: RetentionBasis = { class: 'closed', version: 1, source: 'a council', trigger: 'last_contact', years: 6, lastContactAt: '2015-06-01T09:00:00.000000Z', dueOn: '2021-06-02' };
const asking = { staff: { id: 'staff-data-1', authority: 'E06000062', roles: ['data_manager'] }, why: null, action: 'concern.review_retention' } as unknown as Asking;

class Told extends Database {
  open = 0;
  readonly told: string[] = [];

  override async transaction<T>(_sight: unknown, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.open += 1;
    const query = async (sql: string): Promise<unknown> => {
      this.told.push(sql);
      return /select (id|record_id as id) /.test(sql) ? [{ id }] : [];
    };
    return work({ dataSource: this.source, query } as unknown as Tx).finally(() => (this.open -= 1));
  }
}

describe('what is due', () => {
  const standing = { recordId: id, authority: 'E06000062', sequence: 3, state: 'over' } as unknown as Standing<string>;
  const endings = jest.fn<() => Promise<object[]>>();
  let database: Told;
  let openWhenAsked: number | undefined;
  let due: DueRecords<string, RetentionBasis>;
  beforeEach(() => {
    database = new Told({} as DataSource, {} as Vault, () => undefined);
    openWhenAsked = undefined;
    endings.mockReset();
    endings.mockImplementation(async () => {
      openWhenAsked = database.open;
      return [{ reference: 'OLD-1', status: 'closed', keeping: { ...NOTHING_KEEPS_IT, legalHold: { by: 'staff-data-1', at: basis.lastContactAt, reason: null } }, retention: basis, codes: {} }];
    });
    due = new DueRecords<string, RetentionBasis>(
      { database, records: { standings: async () => [standing], get: async () => standing }, narrative: { reveal: async () => ({ reason: null }) }, clock: { now: () => '2032-06-03T09:00:00.000000Z' }, rules: [{ ...basis, effectiveFrom: '2015-04-01' }] } as never,
      { noun: 'a thing', plural: 'things', table: 'thing', begunAt: 'begun_at', statuses: ['closed'], noContact: [], held: () => ({ authority: 'E06000062' }), endings } as never,
    );
  });

  it.each([
    ['a page of them', () => due.page(asking, { limit: 1 })],
    ['one of them', () => due.one(asking, id)],
    ['those under a legal hold', () => due.underHold(asking, { limit: 1 })],
    ['those that are called so', () => due.called(asking, 'OLD-1')],
  ])('is asked of others while no transaction is open, and the reading recorded before the answer: %s', async (_what, ask) => {
    expect(JSON.stringify(await ask())).toContain('OLD-1');
    expect(endings).toHaveBeenCalledTimes(1);
    // Whoever is asked for it may take seconds.
    expect(openWhenAsked).toBe(0);
    expect(database.told.at(-1)).toContain('read_audit');
  });
});
