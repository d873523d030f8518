import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { PLACES, type Place } from './shapes.js';

/** What an auditor looks at; days are London's, both included. */
export interface Choice {
  place: Place;
  who: string;
  record: string;
  /** Something was typed that is no record's id. */
  isNoRecord: boolean;
  from: string;
  to: string;
  after?: number | undefined;
}

const zone = 'Europe/London';
const asked = z.object({
  place: z.enum(Object.keys(PLACES) as Place[]).catch('triage'),
  who: z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/).catch(''),
  record: z.uuid().catch(''),
  from: z.iso.date().catch(''),
  to: z.iso.date().catch(''),
  after: z.coerce.number().int().positive().optional().catch(undefined),
});

/** What was asked for, as far as the page knows it; anything else is left aside. Without days, the last thirty. */
export function chosen(query: unknown): Choice {
  const choice = asked.parse(query);
  const today = Temporal.Now.plainDateISO(zone);
  const { record } = z.object({ record: z.string().catch('') }).parse(query);
  return { ...choice, isNoRecord: record.trim() !== choice.record, from: choice.from || today.subtract({ days: 29 }).toString(), to: choice.to || today.toString() };
}

const startOf = (day: Temporal.PlainDate): string => day.toZonedDateTime(zone).toInstant().toString();

/** The two ends of the days chosen, as a service is asked: from the first moment, and before the one after the last. */
export function stretchOf({ from, to }: Pick<Choice, 'from' | 'to'>): { from: string; until: string } {
  return { from: startOf(Temporal.PlainDate.from(from)), until: startOf(Temporal.PlainDate.from(to).add({ days: 1 })) };
}

/** The choice as the query of an address of this site. */
export const queryOf = ({ place, who, record, from, to, after }: Choice): Record<string, string> => ({ place, who, record, from, to, after: after === undefined ? '' : String(after) });
