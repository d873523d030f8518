import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileName, fileNames } from './columns.ts';
import { writeCsv } from './csv.ts';

export type Row = Record<string, string>;
export type Extract = Partial<Record<FileName, Row[]>>;

/** Writes an extract as plain files; the columns are those of the first row of each. */
export function writeExtract(folder: string, extract: Extract): string {
  mkdirSync(folder, { recursive: true });
  for (const file of fileNames) {
    const rows = extract[file];
    if (!rows) continue;
    const header = Object.keys(rows[0] ?? {});
    writeFileSync(join(folder, `${file}.csv`), writeCsv([header, ...rows.map((row) => header.map((column) => row[column] ?? ''))]));
  }
  return folder;
}

export const aPerson = (change: Row = {}): Row => ({
  person_ref: 'P1', given_name: 'Ada', family_name: 'Abara', date_of_birth: '1950-06-15', nhs_number: '9990000018', gender: 'female',
  ethnicity: 'asian', primary_support_reason: 'none', postcode: 'NN1 1AA', local_area: 'N1', ...change,
});

export const aConcern = (change: Row = {}): Row => ({
  concern_ref: 'C1', authority: 'E06000062', person_ref: 'P1', received_at: '2024-06-03T09:00:00+01:00', channel: 'online',
  referrer_org: 'Home 01', referrer_type: 'care_home', abuse_types: 'physical;neglect_and_acts_of_omission', location_type: 'own_home',
  source_of_risk: 'service_provider', immediate_risk: 'no', narrative: 'An account.', triaged_at: '2024-06-04T09:00:00+01:00',
  triage_outcome: 's42_enquiry', threshold_needs: 'yes', threshold_risk: 'yes', threshold_unable: 'yes', triaged_by: '', triage_reason: '',
  not_safeguarding_reason: '', ...change,
});

export const anEnquiry = (change: Row = {}): Row => ({
  enquiry_ref: 'E1', concern_ref: 'C1', opened_at: '2024-06-05T09:00:00+01:00', conducted_by: 'local_authority', team: 'hospital',
  allocated_at: '2024-06-06T09:00:00+01:00', allocated_to: 'SW1', concluded_at: '2024-08-06T09:00:00+01:00', outcomes_asked: 'asked_and_expressed',
  outcomes_achieved: 'fully_achieved', mental_capacity: 'has_capacity', advocate: 'no', risk_outcome: 'reduced', ...change,
});

export const anApplication = (change: Row = {}): Row => ({
  application_ref: 'D1', authority: 'E06000061', person_ref: 'P1', kind: 'new', urgent: 'no', received_at: '2024-03-04T09:00:00+00:00',
  managing_authority: 'Home 01', setting: 'care_home_nursing', priority: 'low', allocated_at: '', best_interests_assessor: '',
  decided_at: '2024-04-04T09:00:00+01:00', outcome: 'granted', authorised_from: '2024-04-04', authorised_to: '2025-04-04', ...change,
});
