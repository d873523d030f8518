import type { FileName } from './columns.ts';
import type { Micros } from './time.ts';

/** A row that was imported: its cells under every column of the page, and what they say. */
export interface Taken {
  cells: Record<string, string>;
  times: Record<string, Micros>;
  born?: string;
}

export type Rows = Record<FileName, Map<string, Taken>>;

/** What is known while one run goes on. */
export interface Run {
  began: Micros;
  rows: Rows;
  /** The reference of the imported enquiry of each concern that has one. */
  enquiryOf: Map<string, string>;
}
