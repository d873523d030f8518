import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExtract } from './builders.ts';
import { fileNames } from './columns.ts';
import { differences } from './differences.ts';
import { type ImportReport, judgeExtract } from './judge.ts';
import { report } from './report.ts';
import { sample } from './sample.ts';
import { shuffle } from './shuffle.ts';
import { example, spoil } from './spoil.ts';

const began = '2026-08-01T00:00:00Z';
const from = mkdtempSync(join(tmpdir(), 'oracle-'));
afterAll(() => rmSync(from, { recursive: true }));

const timesOf = { concerns: ['received_at', 'triaged_at'], enquiries: ['opened_at', 'allocated_at', 'concluded_at'], dols: ['received_at', 'allocated_at', 'decided_at'] };
const everyTime = Object.values(timesOf).flat();

const everyCode = [
  'wrong_cell_count', 'duplicate_reference', 'authorised_too_long',
  'unknown_reference:person_ref', 'unknown_reference:concern_ref',
  'contradiction:triage_outcome', 'contradiction:concern_ref', 'contradiction:concluded_at', 'contradiction:outcome',
  'out_of_order:triaged_at', 'out_of_order:allocated_at', 'out_of_order:concluded_at', 'out_of_order:decided_at', 'out_of_order:authorised_to',
  ...['person_ref', 'concern_ref', 'enquiry_ref', 'application_ref', 'authority', 'received_at', 'opened_at', 'kind'].map((column) => `missing_value:${column}`),
  ...everyTime.flatMap((column) => [`bad_value:${column}`, `no_such_time:${column}`, `in_the_future:${column}`]),
  ...['authority', 'channel', 'abuse_types', 'threshold_unable', 'outcomes_asked', 'advocate', 'kind', 'outcome', 'authorised_from', 'authorised_to'].map((column) => `bad_value:${column}`),
];
const everyFlag = [
  'nhs_number_check', 'implausible:date_of_birth', 'under_18',
  ...['gender', 'ethnicity', 'primary_support_reason'].map((column) => `unknown_code:${column}`),
  ...['outcomes_asked', 'mental_capacity', 'risk_outcome', 'outcomes_achieved', 'priority'].map((column) => `not_recorded:${column}`),
  ...everyTime.map((column) => `time_occurs_twice:${column}`),
];

const keysOf = ({ files }: ImportReport, kind: 'codes' | 'flags') => new Set(fileNames.flatMap((file) => Object.keys(files[file]?.[kind] ?? {})));

function expectSums({ files }: ImportReport): void {
  for (const counts of Object.values(files)) {
    expect(counts.read).toBe(counts.imported + counts.already_present + counts.repeated + counts.quarantined);
  }
}

describe('a spoiled extract', () => {
  it('has every code and every flag, alone and together', () => {
    const folder = join(from, 'all');
    spoil(folder);
    const judgement = judgeExtract(folder, began);
    expectSums(judgement.report);
    expect([...keysOf(judgement.report, 'codes')]).toEqual(expect.arrayContaining(everyCode));
    expect([...keysOf(judgement.report, 'flags')].toSorted()).toEqual(expect.arrayContaining([...new Set(everyFlag)]));
    expect(judgement.report.assumed_enquiries).toBeGreaterThan(0);
    expect(judgement.quarantined.filter(({ codes }) => codes.length > 1).length).toBeGreaterThan(100);
  });

  it.each(Array.from({ length: 20 }, (_, place) => place + 1))('adds up and changes nothing the second time (seed %i)', (seed) => {
    const folder = join(from, `seed-${seed}`);
    spoil(folder, { seed, rows: 40 });
    const first = judgeExtract(folder, began);
    const second = judgeExtract(folder, began, first.rows);
    expectSums(first.report);
    expectSums(second.report);
    expect(second.rows).toEqual(first.rows);
    for (const file of fileNames) {
      // Not the codes: a bad row that came before the good one of its reference is a duplicate as well the second time.
      expect(second.report.files[file]?.imported ?? 0).toBe(0);
      expect(second.report.files[file]?.quarantined).toBe(first.report.files[file]?.quarantined);
    }
  });

  it('is the same for the same seed', () => {
    spoil(join(from, 'one'), { seed: 3, rows: 20 });
    spoil(join(from, 'two'), { seed: 3, rows: 20 });
    expect(judgeExtract(join(from, 'two'), began)).toEqual(judgeExtract(join(from, 'one'), began));
  });

  it('comes to the same measures in any order of rows when nothing is told twice', () => {
    const folder = writeExtract(join(from, 'sound'), sample(example, 100).extract);
    shuffle(folder, join(from, 'shuffled'), 5);
    const [told, mixed] = [folder, join(from, 'shuffled')].map((one) => judgeExtract(one, began));
    expect([...mixed!.rows.concerns.keys()]).not.toEqual([...told!.rows.concerns.keys()]);
    expect(differences(report(told!.rows, '2025-07-31'), report(mixed!.rows, '2025-07-31'))).toEqual([]);
  });
});
