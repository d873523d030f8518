import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { AnyContract } from '#libs/contracts';
import { differences } from '../../../test/oracle/differences.ts';
import { judgeExtract, type Rows } from '../../../test/oracle/judge.ts';
import { report } from '../../../test/oracle/report.ts';
import { eventsOf } from './example-events.js';
import { MetricsDatabase } from './metrics-database.js';

const folder = join(import.meta.dirname, '../../../examples/northamptonshire');

describe('the report of the quality subgroup on the example', () => {
  let rows: Rows;
  let events: AnyContract[];
  let metrics: MetricsDatabase;

  beforeAll(async () => {
    rows = judgeExtract(folder, '2025-08-01T00:00:00Z').rows;
    events = eventsOf(rows);
    metrics = await MetricsDatabase.make();
    await metrics.take(events);
  }, 120_000);
  afterAll(() => metrics.close());

  it('comes to the published figures', async () => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    const found = await metrics.report({ asOf: '2025-07-31' });
    expect(differences(expected, found)).toEqual([]);
  });

  it('comes to what a plain recomputation gives as of any earlier day, for one authority and all', async () => {
    const days = fc.date({ min: new Date('2021-06-01'), max: new Date('2025-08-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    const authorities = fc.constantFrom(undefined, 'all', 'E06000061', 'E06000062');
    await fc.assert(
      fc.asyncProperty(days, authorities, async (asOf, authority) => {
        const expected = report(rows, asOf, authority === undefined ? {} : { authority });
        expect(differences(expected, await metrics.report({ asOf, authority }))).toEqual([]);
      }),
      { numRuns: 8, examples: [['2023-01-01', undefined], ['2024-03-31', undefined], ['2025-03-30', undefined]] },
    );
  }, 120_000);

  it('knows nothing before anything was learnt', async () => {
    const before = await metrics.report({ asOf: '2025-07-31', knownAt: '2025-08-01T08:59:59.999999Z' });
    expect(Object.keys(before.authorities)).toEqual(['all']);
    const after = await metrics.report({ asOf: '2025-07-31', knownAt: '2025-08-01T09:00:00.000000Z' });
    expect(differences(await metrics.report({ asOf: '2025-07-31' }), after)).toEqual([]);
  });
});
