import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aConcern, anApplication, anEnquiry, aPerson, type Extract, type Row, writeExtract } from './builders.ts';
import { judgeExtract } from './judge.ts';
import { million } from './million.ts';
import { report } from './report.ts';
import { median, twoDecimals } from './sums.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  folders.push(folder);
  return folder;
}

type Measures = Record<string, Record<string, never>>;

function measured(extract: Extract, asOf: string, code = 'all'): Measures {
  const { rows, quarantined } = judgeExtract(writeExtract(newFolder(), { people: [aPerson(), aPerson({ person_ref: 'P2' })], ...extract }), '2026-01-01T00:00:00Z');
  expect(quarantined).toEqual([]);
  return report(rows, asOf).authorities[code] as Measures;
}

const concernsOf = (...changes: Row[]) => changes.map((change, place) => aConcern({ concern_ref: `C${place + 1}`, ...change }));
const applicationsOf = (...changes: Row[]) => changes.map((change, place) => anApplication({ application_ref: `D${place + 1}`, ...change }));
const undecided = { triaged_at: '', triage_outcome: '' };
const waiting = { outcome: '', decided_at: '', authorised_from: '', authorised_to: '' };

describe('the measures, on a few rows', () => {
  it('takes elapsed time, not clock time, for a decision across a change of the clocks', () => {
    const concerns = concernsOf(
      { received_at: '2024-03-30T12:00', triaged_at: '2024-03-31T13:00' },
      { received_at: '2024-04-30T12:00', triaged_at: '2024-05-01T12:00:00.000001' },
      { received_at: '2024-05-01T12:00', triaged_at: '2024-05-06T12:00' },
    );
    expect(measured({ concerns }, '2024-12-31').triage_time!['2024-03-01/2025-02-28']).toEqual({
      decisions: 3, mean_days: 2.33, median_days: 1, within_24_hours: 1, within_5_days: 3,
    });
  });

  it('puts a concern in its London month and knows who waited when it ended', () => {
    const concerns = concernsOf(
      { received_at: '2024-05-31T22:59:59Z', triaged_at: '2024-06-01T00:00' },
      { received_at: '2024-05-31T23:00:00Z', triaged_at: '2024-06-30T23:59:59.999999', triage_outcome: 'quality_team' },
      { received_at: '2024-06-20T10:00', ...undecided },
    );
    const months = measured({ concerns }, '2024-07-01').conversion_by_month_received!;
    expect(months['2024-05']).toEqual({ concerns: 1, s42_enquiries: 1, rate_percent: 100, awaiting_triage_at_month_end: 1 });
    expect(months['2024-06']).toEqual({ concerns: 2, s42_enquiries: 0, rate_percent: 0, awaiting_triage_at_month_end: 1 });
    expect(months['2024-07']).toEqual({ concerns: 0, s42_enquiries: 0, rate_percent: null, awaiting_triage_at_month_end: 1 });
    const earlier = measured({ concerns }, '2024-06-15').conversion_by_month_received!;
    expect(earlier['2024-06']).toEqual({ concerns: 1, s42_enquiries: 0, rate_percent: 0, awaiting_triage_at_month_end: 1 });
    expect(measured({ concerns }, '2024-05-31').conversion_by_month_received!['2024-05']).toMatchObject({ s42_enquiries: 0, awaiting_triage_at_month_end: 1 });
  });

  it('counts an assumed enquiry from its decision, and a told one from when it was opened', () => {
    const extract = {
      concerns: concernsOf({ triaged_at: '2024-06-30T12:00' }, { triaged_at: '2024-06-30T12:00' }),
      enquiries: [anEnquiry({ opened_at: '2024-05-31T23:00', allocated_at: '2024-07-01T00:00' })],
    };
    const months = measured(extract, '2024-07-31').unallocated_enquiries_at_month_end!;
    expect([months['2024-05'], months['2024-06'], months['2024-07']]).toEqual([1, 2, 1]);
  });

  it('counts whole days of waiting to the end of the month, or to the day asked for', () => {
    const dols = applicationsOf(
      { ...waiting, received_at: '2024-06-30T23:30:00+01:00' },
      { ...waiting, received_at: '2024-06-27T00:00', kind: 'renewal' },
      { received_at: '2024-06-01T00:00', decided_at: '2024-06-30T23:59:59', authorised_from: '2024-07-01', authorised_to: '2024-08-01' },
    );
    const months = measured({ dols }, '2024-07-02').dols_waiting_at_month_end!;
    expect(months['2024-06']).toEqual({ waiting: 2, median_days: 1.5, max_days: 3, new: 1, renewal: 1 });
    expect(months['2024-07']).toEqual({ waiting: 2, median_days: 3.5, max_days: 5, new: 1, renewal: 1 });
    expect(months['2024-05']).toEqual({ waiting: 0, median_days: null, max_days: null, new: 0, renewal: 0 });
  });

  it('has a financial year from the day it has ended', () => {
    const extract = {
      concerns: concernsOf({ received_at: '2023-04-01T00:00', triaged_at: '2023-04-02T00:00' }, { received_at: '2023-04-01T00:00', triaged_at: '2023-04-02T00:00' }),
      enquiries: [
        anEnquiry({ opened_at: '2023-04-03T00:00', allocated_at: '2023-04-03T00:00', concluded_at: '2024-03-31T23:59', mental_capacity: 'lacks_capacity', advocate: 'yes' }),
        anEnquiry({ enquiry_ref: 'E2', concern_ref: 'C2', opened_at: '2023-04-03T00:00', allocated_at: '2023-04-03T00:00', concluded_at: '2024-03-31T23:00Z', outcomes_asked: 'not_asked' }),
      ],
      dols: applicationsOf(
        { received_at: '2024-03-10T23:59', decided_at: '2024-03-31T00:01' },
        { received_at: '2024-03-09T00:00', decided_at: '2024-03-31T00:01', outcome: 'died', authorised_from: '', authorised_to: '' },
      ),
    };
    expect(measured(extract, '2024-03-30').dols_decided_by_year).toEqual({});
    const all = measured(extract, '2024-03-31');
    expect(all.making_safeguarding_personal_by_year).toEqual({
      '2023-24': { concluded: 1, not_asked: 0, expressed: 1, fully_or_partially_achieved: 1, lacking_capacity: 1, lacking_capacity_supported: 1 },
    });
    expect(all.dols_decided_by_year).toEqual({ '2023-24': { decided: 2, granted: 1, within_21_days: 1 } });
  });

  it('calls a concern a repeat within 365 days of an earlier one, within one authority or any', () => {
    const north = { authority: 'E06000061', ...undecided };
    const concerns = concernsOf(
      { ...undecided, received_at: '2023-06-01T12:00Z', referrer_type: '' },
      { ...undecided, received_at: '2024-05-31T12:00Z', referrer_type: '' },
      { ...undecided, received_at: '2024-05-31T12:00Z' },
      { ...north, received_at: '2024-06-01T12:00Z' },
      { ...undecided, person_ref: 'P2', received_at: '2023-06-01T12:00Z' },
      { ...undecided, person_ref: 'P2', received_at: '2024-05-31T12:00:00.000001Z' },
    );
    expect(measured({ concerns }, '2024-12-31').repeat_concerns_2024).toEqual({ concerns: 4, repeats_within_365_days: 3 });
    expect(measured({ concerns }, '2024-12-31', 'E06000061').repeat_concerns_2024).toEqual({ concerns: 1, repeats_within_365_days: 0 });
    expect(measured({ concerns }, '2024-12-31').conversion_2024_by_referrer_type).toEqual({
      not_known: { concerns: 1, s42_enquiries: 0 }, care_home: { concerns: 3, s42_enquiries: 0 },
    });
  });

  it('rounds half up, once', () => {
    expect([twoDecimals(1n, 8n), twoDecimals(1n, 3n), twoDecimals(1005n, 1000n), twoDecimals(0n, 0n)]).toEqual([0.13, 0.33, 1.01, null]);
    expect([median([3n, 1n], 1n), median([5n, 1n, 2n], 1n), median([], 1n)]).toEqual([2, 2, null]);
  });
});

describe('an extract of any size', () => {
  it('has the rows that were asked for, all good, and the same for the same seed', async () => {
    const [one, two] = [newFolder(), newFolder()];
    const counts = await million(one, { rows: 3000, seed: 4 });
    await million(two, { rows: 3000, seed: 4 });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(3000);
    const judgement = judgeExtract(one, '2025-08-01T00:00:00Z');
    expect(judgement.quarantined).toEqual([]);
    expect(judgement.report.assumed_enquiries).toBe(0);
    expect(judgeExtract(two, '2025-08-01T00:00:00Z')).toEqual(judgement);
  });
});
