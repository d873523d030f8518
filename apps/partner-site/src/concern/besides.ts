import type { Typed } from './typed.js';

/** A row of the form for something else that happened, somewhere else or by somebody else. */
export interface Besides {
  ordinal: string;
  kind: 'second_abuse_type' | 'third_abuse_type';
  place: 'second_location_type' | 'third_location_type';
  source: 'second_source_of_risk' | 'third_source_of_risk';
}

export const besides: Besides[] = [
  { ordinal: 'Second', kind: 'second_abuse_type', place: 'second_location_type', source: 'second_source_of_risk' },
  { ordinal: 'Third', kind: 'third_abuse_type', place: 'third_location_type', source: 'third_source_of_risk' },
];

/** The rows that say where it happens or by whom, and not what it is. */
export const withoutKind = (answers: Typed): Besides[] => besides.filter(({ kind, place, source }) => answers[kind] === '' && answers[place] + answers[source] !== '');
