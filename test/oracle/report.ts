import { casesOf, type Cases, type Concern } from './cases.ts';
import type { Rows } from './judge.ts';
import { decidedDolsOf, unallocatedAt, waitingDolsAt } from './report-queues.ts';
import { median, months, share, twoDecimals, yearsEndedBy } from './sums.ts';
import { endOfDay, microsPerDay, startOfDay } from './time.ts';

type Json = number | string | null | { [key: string]: Json };

/** The report of the quality subgroup as known at the end of a day. */
export function report(rows: Rows, asOf: string, { authority }: { authority?: string } = {}): { as_of: string; authorities: Record<string, Json> } {
  const cases = casesOf(rows, endOfDay(asOf));
  const authorities = new Set([...cases.concerns, ...cases.dols].map((one) => one.authority));
  const asked = [...authorities, 'all'].filter((code) => authority === undefined || code === authority);
  return { as_of: asOf, authorities: Object.fromEntries(asked.map((code) => [code, measures(only(cases, code), asOf)])) };
}

function only(cases: Cases, code: string): Cases {
  const isMeant = (one: { authority: string }) => code === 'all' || one.authority === code;
  return { concerns: cases.concerns.filter(isMeant), enquiries: cases.enquiries.filter(isMeant), dols: cases.dols.filter(isMeant) };
}

function measures({ concerns, enquiries, dols }: Cases, asOf: string): Json {
  const byMonth = (measure: (month: { start: bigint; end: bigint; lastDay: string }) => Json) =>
    Object.fromEntries(months(asOf).map((month) => [month.name, measure(month)]));
  const received = (from: string, to: string) => concerns.filter(({ receivedAt }) => receivedAt >= startOfDay(from) && receivedAt < endOfDay(to));
  const years = yearsEndedBy(asOf);
  return {
    triage_time: Object.fromEntries(triagePeriods.map((period) => [period, triageTime(concerns, period)])),
    conversion_by_month_received: byMonth(({ start, end }) => ({
      ...conversion(concerns.filter(({ receivedAt }) => receivedAt >= start && receivedAt < end)),
      awaiting_triage_at_month_end: concerns.filter(({ receivedAt, decidedAt }) => receivedAt < end && !(decidedAt !== undefined && decidedAt < end)).length,
    })),
    conversion_2023: conversion(received('2023-01-01', '2023-12-31')),
    unallocated_enquiries_at_month_end: byMonth(({ end }) => unallocatedAt(enquiries, end)),
    dols_waiting_at_month_end: byMonth(({ end, lastDay }) => waitingDolsAt(dols, end, lastDay)),
    making_safeguarding_personal_by_year: Object.fromEntries(years.map(({ name, start, end }) => [name, personal(enquiries.filter(({ concludedAt }) => concludedAt !== undefined && concludedAt >= start && concludedAt < end))])),
    dols_decided_by_year: Object.fromEntries(years.map(({ name, start, end }) => [name, decidedDolsOf(dols, start, end)])),
    repeat_concerns_2024: repeats(received('2024-01-01', '2024-12-31'), concerns),
    conversion_2024_by_referrer_type: byReferrer(received('2024-01-01', '2024-12-31')),
  };
}

const triagePeriods = ['2023-01-01/2023-12-31', '2024-03-01/2025-02-28', '2025-03-01/2025-07-31'];

function triageTime(concerns: Concern[], period: string): Json {
  const [from, to] = period.split('/') as [string, string];
  const elapsed = concerns
    .filter(({ decidedAt }) => decidedAt !== undefined && decidedAt >= startOfDay(from) && decidedAt < endOfDay(to))
    .map(({ receivedAt, decidedAt }) => decidedAt! - receivedAt);
  if (elapsed.length === 0) return null;
  return {
    decisions: elapsed.length,
    mean_days: twoDecimals(elapsed.reduce((sum, one) => sum + one, 0n), BigInt(elapsed.length) * microsPerDay),
    median_days: median(elapsed, microsPerDay),
    within_24_hours: elapsed.filter((one) => one <= microsPerDay).length,
    within_5_days: elapsed.filter((one) => one <= 5n * microsPerDay).length,
  };
}

function conversion(concerns: Concern[]): { concerns: number; s42_enquiries: number; rate_percent: number | null } {
  const enquiries = concerns.filter(({ outcome }) => outcome === 's42_enquiry').length;
  return { concerns: concerns.length, s42_enquiries: enquiries, rate_percent: share(enquiries, concerns.length) };
}

function personal(concluded: Cases['enquiries']): Json {
  const expressed = concluded.filter(({ asked }) => asked === 'asked_and_expressed');
  const lacking = concluded.filter(({ capacity }) => capacity === 'lacks_capacity');
  return {
    concluded: concluded.length,
    not_asked: concluded.filter(({ asked }) => asked === 'not_asked').length,
    expressed: expressed.length,
    fully_or_partially_achieved: expressed.filter(({ achieved }) => achieved === 'fully_achieved' || achieved === 'partially_achieved').length,
    lacking_capacity: lacking.length,
    lacking_capacity_supported: lacking.filter(({ advocate }) => advocate === 'yes').length,
  };
}

function repeats(inYear: Concern[], all: Concern[]): Json {
  const ofPerson = Map.groupBy(all, ({ person }) => person);
  const isRepeat = ({ person, receivedAt }: Concern) =>
    ofPerson.get(person)!.some((earlier) => earlier.receivedAt < receivedAt && receivedAt - earlier.receivedAt <= 365n * microsPerDay);
  return { concerns: inYear.length, repeats_within_365_days: inYear.filter(isRepeat).length };
}

function byReferrer(concerns: Concern[]): Json {
  const types = Map.groupBy(concerns, ({ referrer }) => (referrer === '' ? 'not_known' : referrer));
  return Object.fromEntries([...types].map(([type, some]) => {
    const { concerns, s42_enquiries } = conversion(some);
    return [type, { concerns, s42_enquiries }];
  }));
}
