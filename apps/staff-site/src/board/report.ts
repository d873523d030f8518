import { z } from 'zod';

/** The report of the metrics service, one authority's part of it, less what it says of the year 2024 alone. What it does not know yet is left out or null. */
const number = z.number().nullable();
export const triageTime = z.object({
  decisions: number,
  mean_days: number,
  median_days: number,
  within_24_hours: number,
  within_5_days: number,
});
const conversion = z.object({ concerns: number, s42_enquiries: number, rate_percent: number });
const byMonth = <Shape extends z.ZodType>(shape: Shape) => z.record(z.string(), shape).nullish();

export const authorityReport = z.object({
  triage_time: byMonth(triageTime.nullable()),
  conversion_by_month_received: byMonth(conversion.extend({ awaiting_triage_at_month_end: number })),
  conversion_2023: conversion.nullish(),
  unallocated_enquiries_at_month_end: byMonth(number),
  dols_waiting_at_month_end: byMonth(
    z.object({ waiting: number, median_days: number, max_days: number, new: number, renewal: number }),
  ),
  making_safeguarding_personal_by_year: byMonth(
    z.object({
      concluded: number,
      not_asked: number,
      expressed: number,
      fully_or_partially_achieved: number,
      lacking_capacity: number,
      lacking_capacity_supported: number,
    }),
  ),
  dols_decided_by_year: byMonth(z.object({ decided: number, granted: number, within_21_days: number })),
});

export type AuthorityReport = z.infer<typeof authorityReport>;
export const report = z.object({ as_of: z.string(), authorities: z.record(z.string(), authorityReport) });
export const definitions = z.array(z.object({ key: z.string(), title: z.string().optional(), definition: z.string() }));

/** Entries by key, in order: the periods, months and years of a report sort as text. */
export function inOrder<Value>(record: Record<string, Value> | null | undefined): [string, Value][] {
  return Object.entries(record ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** The newest month of a report in which a concern was received. */
export function lastBusyMonth({ conversion_by_month_received: months }: AuthorityReport): string | undefined {
  return inOrder(months).findLast(([, { concerns }]) => (concerns ?? 0) > 0)?.[0];
}

/** A part of a whole in percent, or null where there is nothing to divide. */
export function share(part: number | null | undefined, whole: number | null | undefined): number | null {
  return part === null || part === undefined || !whole ? null : (part / whole) * 100;
}
