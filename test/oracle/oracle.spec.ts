import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './differences.ts';
import { type Judgement, judgeExtract } from './judge.ts';
import { report } from './report.ts';

const folder = join(import.meta.dirname, '../../examples/northamptonshire');

describe('the example, worked out plainly', () => {
  let first: Judgement;
  let published: ReturnType<typeof report>;
  beforeAll(() => {
    first = judgeExtract(folder, '2025-08-01T00:00:00Z');
    published = report(first.rows, '2025-07-31');
  });

  it('comes to the published report', () => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
    expect(differences(expected, published)).toEqual([]);
  });

  it('is imported whole', () => {
    const quiet = { already_present: 0, repeated: 0, quarantined: 0, codes: {}, flags: {} };
    expect(first.report).toEqual({
      files: {
        people: { ...quiet, read: 31_580, imported: 31_580 },
        concerns: { ...quiet, read: 28_450, imported: 28_450 },
        enquiries: { ...quiet, read: 6296, imported: 6296 },
        dols: { ...quiet, read: 12_651, imported: 12_651, flags: { 'not_recorded:priority': 122 } },
      },
      assumed_enquiries: 0,
    });
  });

  it('is all there already the second time', () => {
    const second = judgeExtract(folder, '2025-08-01T00:00:00Z', first.rows);
    for (const file of Object.values(second.report.files)) {
      expect(file).toMatchObject({ already_present: file.read, imported: 0, quarantined: 0, flags: {} });
    }
  });

  it('counts what had happened by an earlier day as that day did', () => {
    const then = report(first.rows, '2024-02-29', { authority: 'E06000062' }).authorities.E06000062 as Record<string, Record<string, unknown>>;
    const now = published.authorities.E06000062 as typeof then;
    expect(Object.keys(then.conversion_by_month_received!)).toHaveLength(14);
    expect(then.unallocated_enquiries_at_month_end!['2024-02']).toBe(now.unallocated_enquiries_at_month_end!['2024-02']);
    expect(then.dols_waiting_at_month_end!['2023-12']).toEqual(now.dols_waiting_at_month_end!['2023-12']);
    expect(then.triage_time!['2023-01-01/2023-12-31']).toEqual(now.triage_time!['2023-01-01/2023-12-31']);
    expect(then.triage_time!['2025-03-01/2025-07-31']).toBeNull();
    expect(then.making_safeguarding_personal_by_year).toEqual({});
  });
});
