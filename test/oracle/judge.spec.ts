import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aConcern, anApplication, anEnquiry, aPerson, type Extract, type Row, writeExtract } from './builders.ts';
import type { FileName } from './columns.ts';
import { judgeExtract } from './judge.ts';

const began = '2025-07-31T12:00:00Z';
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function folderOf(extract: Extract): string {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  folders.push(folder);
  return writeExtract(folder, extract);
}

/** C1 and C2 are enquiries, C3 is closed, C4 is not decided. */
const ground: Required<Extract> = {
  people: [aPerson(), aPerson({ person_ref: 'P2', date_of_birth: '2006-07-01' }), aPerson({ person_ref: 'P3', date_of_birth: '2004-02-29' })],
  concerns: [
    aConcern(),
    aConcern({ concern_ref: 'C2' }),
    aConcern({ concern_ref: 'C3', triage_outcome: 'no_further_action', threshold_unable: 'no' }),
    aConcern({ concern_ref: 'C4', triage_outcome: '', triaged_at: '' }),
  ],
  enquiries: [anEnquiry()],
  dols: [anApplication()],
};
const builders = { people: aPerson, concerns: aConcern, enquiries: anEnquiry, dols: anApplication };
const fresh: Record<FileName, Row> = {
  people: { person_ref: 'P9' }, concerns: { concern_ref: 'C9' }, enquiries: { enquiry_ref: 'E9', concern_ref: 'C2' }, dols: { application_ref: 'D9' },
};

function fateOf(file: FileName, change: Row) {
  const row = builders[file]({ ...fresh[file], ...change });
  const { files } = judgeExtract(folderOf({ ...ground, [file]: [...ground[file], row] }), began).report;
  const { imported, quarantined, repeated, codes, flags } = files[file]!;
  return { imported: imported - ground[file].length, quarantined, repeated, codes: Object.keys(codes).toSorted(), flags: Object.keys(flags).toSorted() };
}

describe('a row is quarantined', () => {
  it.each<[FileName, Row, ...string[]]>([
    ['people', { person_ref: '' }, 'missing_value:person_ref'],
    ['people', { person_ref: 'P1', given_name: 'Eve' }, 'duplicate_reference'],
    ['concerns', { concern_ref: '' }, 'missing_value:concern_ref'],
    ['concerns', { authority: '', person_ref: '', received_at: '' }, 'missing_value:authority', 'missing_value:person_ref', 'missing_value:received_at'],
    ['concerns', { authority: 'E06000001' }, 'bad_value:authority'],
    ['concerns', { channel: 'Online' }, 'bad_value:channel'],
    ['concerns', { immediate_risk: ' yes' }, 'bad_value:immediate_risk'],
    ['concerns', { abuse_types: 'physical;' }, 'bad_value:abuse_types'],
    ['concerns', { abuse_types: 'physical; sexual' }, 'bad_value:abuse_types'],
    ['concerns', { received_at: '2024-06-03' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-02-30T09:00' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-06-03T24:00Z' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-06-03t09:00Z' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-06-03T09:00:00.Z' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-06-03T09:00:00.0000000001Z' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-06-03T09:00+01' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-06-03  09:00' }, 'bad_value:received_at'],
    ['concerns', { received_at: '2024-03-31T01:30' }, 'no_such_time:received_at'],
    ['concerns', { triaged_at: '2025-03-30 01:00:00' }, 'no_such_time:triaged_at'],
    ['concerns', { person_ref: 'P8' }, 'unknown_reference:person_ref'],
    ['concerns', { triaged_at: '2024-06-03T08:59:59+01:00' }, 'out_of_order:triaged_at'],
    ['concerns', { triaged_at: '2025-07-31T12:00:00.000001Z' }, 'in_the_future:triaged_at'],
    ['concerns', { triaged_at: '' }, 'contradiction:triage_outcome'],
    ['concerns', { triage_outcome: '' }, 'contradiction:triage_outcome'],
    ['concerns', { threshold_risk: 'no' }, 'contradiction:triage_outcome'],
    ['concerns', { triaged_at: 'yesterday', triage_outcome: '' }, 'bad_value:triaged_at', 'contradiction:triage_outcome'],
    ['enquiries', { concern_ref: 'C8' }, 'unknown_reference:concern_ref'],
    ['enquiries', { concern_ref: '' }, 'missing_value:concern_ref'],
    ['enquiries', { concern_ref: 'C1' }, 'contradiction:concern_ref'],
    ['enquiries', { concern_ref: 'C3' }, 'contradiction:concern_ref'],
    ['enquiries', { concern_ref: 'C4' }, 'contradiction:concern_ref'],
    ['enquiries', { enquiry_ref: 'E1', concern_ref: 'C3' }, 'contradiction:concern_ref', 'duplicate_reference'],
    ['enquiries', { enquiry_ref: 'E1', concern_ref: 'C1', team: 'other' }, 'duplicate_reference'],
    ['enquiries', { allocated_at: '2024-06-05T08:59:59.999999+01:00' }, 'out_of_order:allocated_at'],
    ['enquiries', { concluded_at: '2024-06-06T08:00:00Z', allocated_at: '2024-06-06T08:00:01Z' }, 'out_of_order:concluded_at'],
    ['enquiries', { allocated_at: '', concluded_at: '2024-06-01T00:00Z' }, 'contradiction:concluded_at'],
    ['enquiries', { opened_at: '2030-01-01T00:00Z', allocated_at: '' }, 'contradiction:concluded_at', 'in_the_future:opened_at'],
    ['dols', { kind: '' }, 'missing_value:kind'],
    ['dols', { kind: 'old' }, 'bad_value:kind'],
    ['dols', { decided_at: '2024-03-04T08:59+00:00' }, 'out_of_order:decided_at'],
    ['dols', { authorised_to: '2024-04-03' }, 'out_of_order:authorised_to'],
    ['dols', { authorised_to: '2025-04-05' }, 'authorised_too_long'],
    ['dols', { authorised_from: '2024-02-29', authorised_to: '2025-03-01' }, 'authorised_too_long'],
    ['dols', { authorised_to: '2025-4-4' }, 'bad_value:authorised_to'],
    ['dols', { authorised_to: '' }, 'contradiction:outcome'],
    ['dols', { outcome: 'died' }, 'contradiction:outcome'],
    ['dols', { outcome: '' }, 'contradiction:outcome'],
    ['dols', { outcome: '', decided_at: '' }, 'contradiction:outcome'],
    ['dols', { decided_at: '' }, 'contradiction:outcome'],
    ['dols', { outcome: 'maybe' }, 'bad_value:outcome'],
    ['dols', { outcome: 'maybe', decided_at: '' }, 'bad_value:outcome', 'contradiction:outcome'],
  ])('%s %j', (file, change, ...codes) => {
    expect(fateOf(file, change)).toEqual({ imported: 0, quarantined: 1, repeated: 0, codes: codes.toSorted(), flags: [] });
  });
});

describe('a row is imported', () => {
  it.each<[FileName, Row, ...string[]]>([
    ['people', { nhs_number: '9990000019' }, 'nhs_number_check'],
    ['people', { nhs_number: '999 000 0018' }, 'nhs_number_check'],
    ['people', { nhs_number: '', date_of_birth: '', gender: '', ethnicity: '' }],
    ['people', { gender: 'Female', ethnicity: 'x', primary_support_reason: ' ' }, 'unknown_code:ethnicity', 'unknown_code:gender', 'unknown_code:primary_support_reason'],
    ['people', { date_of_birth: '15/06/1950' }, 'implausible:date_of_birth'],
    ['people', { date_of_birth: '2025-08-01' }, 'implausible:date_of_birth'],
    ['people', { date_of_birth: '2025-07-31' }],
    ['people', { date_of_birth: '1905-07-31' }],
    ['people', { date_of_birth: '1905-07-30' }, 'implausible:date_of_birth'],
    ['concerns', { person_ref: 'P2', received_at: '2024-07-01T00:00', triaged_at: '2024-07-02T00:00Z' }],
    ['concerns', { person_ref: 'P2', received_at: '2024-06-30T22:59Z', triaged_at: '2024-07-02T00:00Z' }, 'under_18'],
    ['concerns', { person_ref: 'P2', received_at: '2024-06-30T23:00Z', triaged_at: '2024-07-02T00:00Z' }],
    ['concerns', { person_ref: 'P3', received_at: '2022-02-28T23:59' }, 'under_18'],
    ['concerns', { person_ref: 'P3', received_at: '2022-03-01T00:00' }],
    ['concerns', { person_ref: 'P2', received_at: '2000-03-01T00:00' }, 'under_18'],
    ['concerns', { received_at: '2023-10-29T01:30' }, 'time_occurs_twice:received_at'],
    ['concerns', { received_at: '2023-10-29T02:00' }],
    ['concerns', { received_at: '2023-10-29T01:30Z' }],
    ['concerns', { received_at: '2024-06-03 09:00:00.123456789+0100', abuse_types: 'physical;physical' }],
    ['concerns', { received_at: '2024-03-31T01:30Z', narrative: '=1+1', triaged_at: '2025-07-31T12:00:00.000000Z' }],
    ['concerns', { triage_outcome: 'other_enquiry', threshold_risk: 'no' }],
    ['concerns', { threshold_needs: '', threshold_risk: '', threshold_unable: '' }],
    ['enquiries', { concluded_at: '', outcomes_asked: '', outcomes_achieved: '', mental_capacity: '', risk_outcome: '' }],
    ['enquiries', { outcomes_achieved: '' }, 'not_recorded:outcomes_achieved'],
    ['enquiries', { outcomes_asked: '', outcomes_achieved: '', mental_capacity: '', risk_outcome: '' }, 'not_recorded:mental_capacity', 'not_recorded:outcomes_asked', 'not_recorded:risk_outcome'],
    ['enquiries', { outcomes_asked: 'not_recorded', outcomes_achieved: '', mental_capacity: 'not_recorded' }],
    ['enquiries', { opened_at: '2020-01-01T00:00' }],
    ['dols', { priority: '', decided_at: '', outcome: '', authorised_from: '', authorised_to: '' }, 'not_recorded:priority'],
    ['dols', { priority: '' }],
    ['dols', { authorised_from: '2024-02-29', authorised_to: '2025-02-28' }],
    ['dols', { authorised_from: '2030-01-01', authorised_to: '2031-01-01' }],
    ['dols', { allocated_at: '2020-01-01T00:00' }],
  ])('%s %j, flagged as it should be', (file, change, ...flags) => {
    expect(fateOf(file, change)).toEqual({ imported: 1, quarantined: 0, repeated: 0, codes: [], flags });
  });
});

function judged(extract: Extract, change: (folder: string) => void = () => {}) {
  const folder = folderOf(extract);
  change(folder);
  return judgeExtract(folder, began);
}

describe('whole files', () => {
  it('knows a row told twice, and one that was there before', () => {
    const twice = folderOf({ ...ground, people: [...ground.people, aPerson()] });
    const first = judgeExtract(twice, began);
    expect(first.report.files.people).toMatchObject({ read: 4, imported: 3, repeated: 1 });
    expect(judgeExtract(twice, began, first.rows).report.files.people).toMatchObject({ imported: 0, already_present: 4, repeated: 0 });
  });

  it('lets a reference go free when its row was quarantined', () => {
    const rows = [aConcern({ concern_ref: 'C9', channel: 'fax' }), aConcern({ concern_ref: 'C9' }), aConcern({ concern_ref: 'C9', channel: 'fax' })];
    const { concerns } = judged({ people: ground.people, concerns: rows }).report.files;
    expect(concerns).toMatchObject({ imported: 1, quarantined: 2, codes: { 'bad_value:channel': 2, duplicate_reference: 1 } });
  });

  it('assumes the enquiries that no imported row tells of', () => {
    const { report } = judged({ ...ground, enquiries: [anEnquiry(), anEnquiry({ enquiry_ref: 'E2', concern_ref: 'C2', advocate: 'maybe' })] });
    expect(report.assumed_enquiries).toBe(1);
    expect(judged({ people: ground.people, concerns: ground.concerns }).report).toMatchObject({ assumed_enquiries: 2 });
  });

  it('refuses a file without a required column, or with one twice', () => {
    const { files } = judged(ground, (folder) => {
      writeFileSync(join(folder, 'people.csv'), 'person_ref,gender,gender\nP1,,\n');
      writeFileSync(join(folder, 'dols.csv'), 'application_ref,authority,person_ref\nD1,E06000062,P1\n');
    }).report;
    expect(files.people).toEqual({ read: 0, imported: 0, already_present: 0, repeated: 0, quarantined: 0, codes: {}, flags: {}, refused: ['duplicate_column:gender'] });
    expect(files.dols).toMatchObject({ read: 0, refused: ['received_at', 'kind'] });
    expect(files.concerns).toMatchObject({ codes: { 'unknown_reference:person_ref': 4 } });
  });

  it('quarantines what cannot be read for that alone', () => {
    const { files } = judged(ground, (folder) => writeFileSync(join(folder, 'people.csv'),
      Buffer.concat([Buffer.from('\uFEFFgender,person_ref,shoe_size\r\n\r\nx,P1,9\n,P2\n,P2,,\n'), Buffer.from([0xe9]), Buffer.from(',P2,\n=x,P2,"\n')]))).report;
    expect(files.people).toMatchObject({ read: 5, imported: 1, quarantined: 4, codes: { wrong_cell_count: 4 }, flags: { 'unknown_code:gender': 1 } });
  });

  it('refuses a folder with both kinds of one file', () => {
    expect(() => judged(ground, (folder) => writeFileSync(join(folder, 'people.csv.gz'), ''))).toThrow('both people.csv');
  });
});
