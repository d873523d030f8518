import type { Instant } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { type Ages, personOn, type Row, type RowJudge } from '#libs/extract';
import type { AbuseType, AgeBand, Channel, LocationType, NotSafeguardingReason, Outcome, ReferrerType, SourceOfRisk } from '../../domain/codes.js';

export const columns = {
  required: ['concern_ref', 'authority', 'person_ref', 'received_at'],
  optional: [
    'channel', 'referrer_org', 'referrer_type', 'abuse_types', 'location_type', 'source_of_risk', 'immediate_risk', 'narrative',
    'triaged_at', 'triage_outcome', 'threshold_needs', 'threshold_risk', 'threshold_unable', 'triaged_by', 'triage_reason',
    'not_safeguarding_reason',
  ],
} as const;

type YesNo = 'yes' | 'no';

/** One accepted row of concerns.csv. */
export interface ConcernRow {
  reference: string;
  authority: string;
  personReference: string;
  receivedAt: Instant;
  ageBand: AgeBand;
  channel: Channel | null;
  referrerType: ReferrerType | null;
  abuseTypes: AbuseType[];
  locationType: LocationType | null;
  sourceOfRisk: SourceOfRisk | null;
  immediateRisk: boolean | null;
  decision: {
    at: Instant;
    outcome: Outcome;
    limbs: { needs: YesNo | null; risk: YesNo | null; unable: YesNo | null };
    notSafeguardingReason: NotSafeguardingReason | null;
  } | null;
  words: { narrative: string; referrerOrganisation: string; decidedBy: string; reason: string };
}

/** Finds everything that keeps a row of concerns.csv out, as the extract format lists it. */
export function judgeConcern(row: Row, judge: RowJudge, ages: Ages): ConcernRow {
  const { cells } = row;
  const reference = judge.required('concern_ref')!;
  judge.required('authority');
  const authority = judge.code('authority', codes.authority.options)!;
  judge.required('received_at');
  const receivedAt = judge.time('received_at')!;
  const personReference = judge.required('person_ref')!;
  const age = personOn.judge(row, judge, { ages, timeColumn: 'received_at' });
  const decidedAt = judge.time('triaged_at');
  judge.order('received_at', 'triaged_at');
  const outcome = judge.code('triage_outcome', codes.triageOutcome.options);
  const limb = (name: string) => judge.code(name, codes.yesNo.options) ?? null;
  const limbs = { needs: limb('threshold_needs'), risk: limb('threshold_risk'), unable: limb('threshold_unable') };
  const hasNo = Object.values(limbs).includes('no');
  if (judge.isFilled('triaged_at') !== judge.isFilled('triage_outcome') || (outcome === 's42_enquiry' && hasNo)) {
    judge.refuse('contradiction:triage_outcome');
  }
  const immediateRisk = judge.code('immediate_risk', codes.yesNo.options);
  const notSafeguardingReason = judge.code('not_safeguarding_reason', codes.notSafeguardingReason.options) ?? null;
  return {
    reference,
    authority,
    personReference,
    receivedAt,
    ageBand: age?.ageBand ?? 'not_known',
    channel: judge.code('channel', codes.channel.options) ?? null,
    referrerType: judge.code('referrer_type', codes.referrerType.options) ?? null,
    abuseTypes: judge.codeList('abuse_types', codes.abuseType.options) ?? [],
    locationType: judge.code('location_type', codes.location.options) ?? null,
    sourceOfRisk: judge.code('source_of_risk', codes.sourceOfRisk.options) ?? null,
    immediateRisk: immediateRisk === undefined ? null : immediateRisk === 'yes',
    decision: decidedAt && outcome ? { at: decidedAt, outcome, limbs, notSafeguardingReason } : null,
    words: {
      narrative: cells['narrative']!,
      referrerOrganisation: cells['referrer_org']!,
      decidedBy: cells['triaged_by']!,
      reason: cells['triage_reason']!,
    },
  };
}
