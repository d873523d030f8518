import { type FileName, flaggedLists, referenceOf, requiredOf } from './columns.ts';
import type { CellReading } from './reading.ts';
import type { Run } from './run.ts';
import { isDay, londonDay, type Micros, yearsOn } from './time.ts';

/** Every code for which a row that is not already held is quarantined; none for a row to import. */
export function codesOf(file: FileName, reading: CellReading, run: Run): string[] {
  const { cells } = reading;
  const codes = [
    ...requiredOf[file].filter((column) => cells[column] === '').map((column) => `missing_value:${column}`),
    ...reading.faults,
    ...unknownReferences(file, cells, run),
    ...orderFaults(file, reading),
    ...Object.keys(reading.times).filter((column) => reading.times[column]! > run.began).map((column) => `in_the_future:${column}`),
    ...contradictions(file, cells, run),
  ];
  if (run.rows[file].has(cells[referenceOf[file]]!)) codes.push('duplicate_reference');
  const { authorised_from: from, authorised_to: to } = reading.dates;
  if (from && to && to > yearsOn(from, 1)) codes.push('authorised_too_long');
  return codes;
}

/** The flags of a row that is imported. */
export function flagsOf(file: FileName, reading: CellReading, run: Run): string[] {
  const flags = reading.twice.map((column) => `time_occurs_twice:${column}`);
  if (file === 'people') flags.push(...personFlags(reading.cells, run.began));
  if (file === 'enquiries') flags.push(...enquiryGaps(reading.cells));
  if (file === 'dols' && ['priority', 'decided_at', 'outcome'].every((column) => reading.cells[column] === '')) flags.push('not_recorded:priority');
  if ((file === 'concerns' || file === 'dols') && isUnderAge(reading, run)) flags.push('under_18');
  return flags;
}

/** A date of birth that can be one on the day of the import. */
export function plausibleBirth(cell: string, began: Micros): string | undefined {
  const today = londonDay(began);
  return isDay(cell) && cell <= today && cell >= yearsOn(today, -120) ? cell : undefined;
}

function unknownReferences(file: FileName, cells: Record<string, string>, run: Run): string[] {
  const parent = file === 'enquiries' ? 'concerns' : 'people';
  const column = referenceOf[parent];
  return file === 'people' || cells[column] === '' || run.rows[parent].has(cells[column]!) ? [] : [`unknown_reference:${column}`];
}

function orderFaults(file: FileName, { times, dates }: CellReading): string[] {
  const pairs: Record<FileName, [string, string][]> = {
    people: [],
    concerns: [['received_at', 'triaged_at']],
    enquiries: [['opened_at', 'allocated_at'], ['allocated_at', 'concluded_at']],
    dols: [['received_at', 'decided_at']],
  };
  const late = pairs[file].filter(([first, second]) => times[first] !== undefined && times[second] !== undefined && times[second]! < times[first]!);
  const faults = late.map(([, second]) => `out_of_order:${second}`);
  if (dates.authorised_from && dates.authorised_to && dates.authorised_to < dates.authorised_from) faults.push('out_of_order:authorised_to');
  return faults;
}

function contradictions(file: FileName, cells: Record<string, string>, run: Run): string[] {
  if (file === 'concerns') return triageContradicts(cells) ? ['contradiction:triage_outcome'] : [];
  if (file === 'dols') return outcomeContradicts(cells) ? ['contradiction:outcome'] : [];
  if (file === 'people') return [];
  const unallocated = cells.concluded_at !== '' && cells.allocated_at === '';
  return [...(concernContradicts(cells, run) ? ['contradiction:concern_ref'] : []), ...(unallocated ? ['contradiction:concluded_at'] : [])];
}

function triageContradicts(cells: Record<string, string>): boolean {
  const half = (cells.triaged_at === '') !== (cells.triage_outcome === '');
  const limbs = [cells.threshold_needs, cells.threshold_risk, cells.threshold_unable];
  return half || (cells.triage_outcome === 's42_enquiry' && limbs.includes('no'));
}

function concernContradicts(cells: Record<string, string>, { rows, enquiryOf }: Run): boolean {
  const concern = rows.concerns.get(cells.concern_ref!);
  if (!concern) return false;
  const other = enquiryOf.get(cells.concern_ref!);
  return concern.cells.triage_outcome !== 's42_enquiry' || (other !== undefined && other !== cells.enquiry_ref);
}

function outcomeContradicts({ outcome, decided_at: decided, authorised_from: from, authorised_to: to }: Record<string, string>): boolean {
  const aDate = from !== '' || to !== '';
  const bothDates = from !== '' && to !== '';
  const half = (outcome === '') !== (decided === '');
  const notGranted = ['', 'not_granted', 'withdrawn', 'died', 'moved'].includes(outcome!);
  return half || (outcome === 'granted' && !bothDates) || (notGranted && aDate);
}

function personFlags(cells: Record<string, string>, began: Micros): string[] {
  const flags = Object.entries(flaggedLists).filter(([column, list]) => cells[column] !== '' && !list.includes(cells[column]!)).map(([column]) => `unknown_code:${column}`);
  if (cells.nhs_number !== '' && !isNhsNumber(cells.nhs_number!)) flags.push('nhs_number_check');
  if (cells.date_of_birth !== '' && !plausibleBirth(cells.date_of_birth!, began)) flags.push('implausible:date_of_birth');
  return flags;
}

/** Ten digits of which the last makes the weighted sum, 10 down to 1, a multiple of eleven. */
function isNhsNumber(text: string): boolean {
  const sum = [...text].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  return /^[0-9]{10}$/.test(text) && sum % 11 === 0;
}

function enquiryGaps(cells: Record<string, string>): string[] {
  if (cells.concluded_at === '') return [];
  const wanted = ['outcomes_asked', 'mental_capacity', 'risk_outcome', ...(cells.outcomes_asked === 'asked_and_expressed' ? ['outcomes_achieved'] : [])];
  return wanted.filter((column) => cells[column] === '').map((column) => `not_recorded:${column}`);
}

/** As text, every day up to 28 February is before a 29 February that the year may not have: of age on 1 March. */
function isUnderAge({ cells, times }: CellReading, run: Run): boolean {
  const born = run.rows.people.get(cells.person_ref!)?.born;
  return born !== undefined && londonDay(times.received_at!) < `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`;
}
