import type { Row } from './builders.ts';
import { columnsOf, type FileName, fileNames, flaggedLists, referenceOf, requiredOf } from './columns.ts';
import { dropCell, notations } from './notations.ts';

/** The rows of one person's story, one in each file. */
export type Story = Record<FileName, Row>;

/** One way to spoil a story: its cells, the rows that follow one of them, or the text of its line. */
export interface Spoiling {
  name: string;
  file: FileName;
  change?: (story: Story) => void;
  /** Rows of the same file that come before or after the spoiled one. */
  before?: (row: Row) => Row[];
  after?: (row: Row) => Row[];
  /** Changes the written line, one character a byte. */
  line?: (line: string) => string;
  /** Not joined with every other: too large, or nothing new would come of it. */
  alone?: boolean;
}

/** Every way there is. */
export function spoilings(): Spoiling[] {
  return [...fileNames.flatMap((file) => [...ofColumns(file), ...ofLines(file), ...ofNeighbours(file)]), ...ofPeople(), ...ofConcerns(), ...ofEnquiries(), ...ofDols()];
}

function cell(file: FileName, column: string, value: string | ((old: string) => string)): Spoiling {
  const change = (story: Story) => { story[file][column] = typeof value === 'string' ? value : value(story[file][column]!); };
  const shown = typeof value === 'string' ? value.slice(0, 40) : value.name;
  return { name: `${column}=${shown}`, file, change };
}

function alone(spoiling: Spoiling): Spoiling {
  return { ...spoiling, alone: true };
}

function cells(file: FileName, changes: Row): Spoiling {
  return { name: JSON.stringify(changes), file, change: (story) => { Object.assign(story[file], changes); } };
}

function ofColumns(file: FileName): Spoiling[] {
  const times = ['yesterday', '2024-02-30T10:00Z', '2024-03-31T01:30:00', '2023-10-29 01:15', '2999-01-01T00:00:00Z'];
  return Object.entries(columnsOf[file]).flatMap(([column, kind]) => {
    if (kind === 'time') return [...[...times, ''].map((value) => cell(file, column, value)), ...notations.map((value) => alone(cell(file, column, value)))];
    if (kind === 'date') return ['', '2024-2-1', '2023-02-29', '2999-12-31'].map((value) => cell(file, column, value));
    if (kind !== 'text') return [cell(file, column, 'purple'), ...['', ' ', 'purple;'].map((value) => alone(cell(file, column, value)))];
    return requiredOf[file].includes(column) ? [cell(file, column, '')] : [];
  });
}

function ofLines(file: FileName): Spoiling[] {
  return [
    { name: 'a cell too many', file, line: (line) => `${line},` },
    { name: 'a cell too few', file, line: dropCell },
    { name: 'bytes that are not UTF-8', file, line: (line) => line.replace(/[a-z]/, '\u00e9\u00ff') },
    { name: 'half a surrogate pair', file, line: (line) => `${line}\u00ed\u00a0\u0080` },
    { name: 'a lone quote inside an open cell', file, line: (line) => (line.includes('"') ? line : line.replace(/,([a-zA-Z])/, ',$1"')) },
    { name: 'every cell quoted', file, line: (line) => (line.includes('"') ? line : line.split(',').map((one) => `"${one}"`).join(',')) },
  ];
}

function ofNeighbours(file: FileName): Spoiling[] {
  const free = { people: 'local_area', concerns: 'referrer_org', enquiries: 'team', dols: 'managing_authority' }[file];
  const coded = { people: 'gender', concerns: 'channel', enquiries: 'conducted_by', dols: 'setting' }[file];
  const other = (row: Row): Row => ({ ...row, [free]: 'elsewhere' });
  return [
    { name: 'told twice', file, after: (row) => [row, row] },
    { name: 'told twice with other content', file, after: (row) => [other(row), row] },
    { name: 'other content in an empty cell', file, after: (row) => [{ ...row, [free]: '' }] },
    { name: 'other content first', file, before: (row) => [other(row)] },
    { name: 'a bad row of the same reference first', file, before: (row) => [{ ...row, [coded]: 'purple' }] },
    { name: 'a bad row of the same reference afterwards', file, after: (row) => [{ ...row, [coded]: 'purple' }] },
  ];
}

function ofPeople(): Spoiling[] {
  const born = ['15/06/1950', '2999-01-01', '1850-01-01', '2006-02-29', '2004-02-29', '2015-05-05', '', 'unknown'];
  return [
    ...born.map((value) => cell('people', 'date_of_birth', value)),
    ...['1234567890', '999 123 4567', '99', '', 'abcdefghij'].map((value) => cell('people', 'nhs_number', value)),
    ...Object.keys(flaggedLists).flatMap((column) => ['purple', '', 'Not_Recorded'].map((value) => cell('people', column, value))),
    ...['=2+3', '+44', '-1', '@sum', 'O"Brien', '"', 'a,b', 'two\nlines', 'three\r\n\r\nlines', ' ', 'Zo\u00eb \u{1f33b}', '\u00a0', 'a\u0000b', 'a\rb'].map((value) => alone(cell('people', 'family_name', value))),
  ];
}

function ofConcerns(): Spoiling[] {
  return [
    ...['physical;physical', 'physical;', ';', 'physical;purple', 'physical, sexual'].map((value) => cell('concerns', 'abuse_types', value)),
    cell('concerns', 'person_ref', 'NOBODY'),
    cell('concerns', 'authority', 'E09000001'),
    cells('concerns', { triaged_at: '2020-01-01T00:00:00Z' }),
    cells('concerns', { triaged_at: '', triage_outcome: '' }),
    cells('concerns', { triage_outcome: 'no_further_action' }),
    cells('concerns', { threshold_needs: 'no', threshold_risk: 'no' }),
    cells('concerns', { triaged_by: 'A worker', triage_reason: 'In the "old" system:\nyes, all three.' }),
    ...['=HYPERLINK("x")', '@x', 'a\n\nb,"c"\r\nd', '"'].map((value) => alone(cell('concerns', 'narrative', value))),
    alone(cell('concerns', 'narrative', 'A long \u00e9 "account",\n'.repeat(60_000))),
  ];
}

function ofEnquiries(): Spoiling[] {
  return [
    cell('enquiries', 'concern_ref', 'NO CONCERN'),
    cells('enquiries', { allocated_at: '2010-01-01T00:00Z' }),
    cells('enquiries', { concluded_at: '2010-01-01T00:00Z' }),
    cells('enquiries', { opened_at: '2010-01-01T00:00Z', allocated_at: '2011-01-01T00:00Z', concluded_at: '2012-01-01T00:00Z' }),
    cells('enquiries', { opened_at: '2023-10-29 01:15', allocated_at: '2023-10-29T01:15Z', concluded_at: '2023-10-29 02:00' }),
    cells('enquiries', { concluded_at: '', outcomes_asked: '', mental_capacity: '', risk_outcome: '' }),
    cells('enquiries', { outcomes_asked: 'asked_and_expressed', outcomes_achieved: '' }),
    cells('enquiries', { outcomes_asked: 'not_asked', outcomes_achieved: '', mental_capacity: 'not_recorded' }),
    { name: 'a second enquiry on the concern', file: 'enquiries', after: (row) => [{ ...row, enquiry_ref: `${row.enquiry_ref}B` }] },
    { name: 'on a concern closed otherwise', file: 'enquiries', change: ({ concerns }) => { concerns.triage_outcome = 'other_enquiry'; } },
    { name: 'on a concern not decided', file: 'enquiries', change: ({ concerns }) => { Object.assign(concerns, { triaged_at: '', triage_outcome: '' }); } },
    { name: 'on a concern with a bad cell', file: 'enquiries', change: ({ concerns }) => { concerns.channel = 'fax'; } },
  ];
}

function ofDols(): Spoiling[] {
  const waiting = { outcome: '', decided_at: '', authorised_from: '', authorised_to: '' };
  return [
    cell('dols', 'person_ref', 'NOBODY'),
    cells('dols', { decided_at: '2010-01-01T00:00Z' }),
    cells('dols', waiting),
    cells('dols', { ...waiting, priority: '' }),
    cells('dols', { ...waiting, authorised_to: '2024-01-01' }),
    ...['not_granted', 'withdrawn', 'died'].map((outcome) => cells('dols', { outcome })),
    cells('dols', { outcome: 'moved', authorised_from: '', authorised_to: '' }),
    cells('dols', { authorised_from: '2024-02-29', authorised_to: '2025-02-28' }),
    cells('dols', { authorised_from: '2024-02-29', authorised_to: '2025-03-01' }),
    cells('dols', { authorised_from: '2023-05-01', authorised_to: '2024-05-01' }),
    cells('dols', { authorised_from: '2023-05-01', authorised_to: '2024-05-02' }),
    cells('dols', { authorised_from: '2024-05-02', authorised_to: '2024-05-01' }),
  ];
}

/** The same story under references of its own. */
export function renamed(story: Story, suffix: string): Story {
  const copy = structuredClone(story);
  for (const row of Object.values(copy)) {
    for (const column of Object.values(referenceOf)) if (row[column] !== undefined) row[column] += suffix;
  }
  return copy;
}
