import type { Instant } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { heldAs, type KnownConcern, type Row, type RowJudge } from '#libs/extract';
import type { ConductedBy, MentalCapacity, OutcomesAchieved, OutcomesAsked, OverallRiskOutcome } from '../../domain/codes.js';

export const columns = {
  required: ['enquiry_ref', 'concern_ref', 'opened_at'],
  optional: [
    'conducted_by', 'team', 'allocated_at', 'allocated_to', 'concluded_at', 'outcomes_asked', 'outcomes_achieved', 'mental_capacity',
    'advocate', 'risk_outcome',
  ],
} as const;

/** What a batch is judged against: the concerns that were imported, and which of them have an imported enquiry. Both by the concern's reference. */
export interface EnquiryFacts {
  concerns: ReadonlyMap<string, KnownConcern>;
  enquiryOf: Map<string, string>;
}

/** One accepted row of enquiries.csv. */
export interface EnquiryRow {
  reference: string;
  concernReference: string;
  concern: KnownConcern;
  openedAt: Instant;
  conductedBy: ConductedBy | null;
  allocatedAt: Instant | null;
  concludedAt: Instant | null;
  outcomesAsked: OutcomesAsked | null;
  outcomesAchieved: OutcomesAchieved | null;
  mentalCapacity: MentalCapacity | null;
  advocate: boolean | null;
  riskOutcome: OverallRiskOutcome | null;
  words: { team: string; allocatedTo: string };
}

/** Finds everything that keeps a row of enquiries.csv out, and what is to be looked at, as the extract format lists it. */
export function judgeEnquiry({ cells }: Row, judge: RowJudge, facts: EnquiryFacts): EnquiryRow {
  const reference = judge.required('enquiry_ref')!;
  const concernReference = judge.required('concern_ref')!;
  const concern = judgeConcern(concernReference, cells['enquiry_ref']!, { judge, facts })!;
  judge.required('opened_at');
  const openedAt = judge.time('opened_at')!;
  const allocatedAt = judge.time('allocated_at') ?? null;
  const concludedAt = judge.time('concluded_at') ?? null;
  judge.order('opened_at', 'allocated_at');
  judge.order('allocated_at', 'concluded_at');
  if (judge.isFilled('concluded_at') && !judge.isFilled('allocated_at')) judge.refuse('contradiction:concluded_at');
  const advocate = judge.code('advocate', codes.yesNo.options);
  const findings = {
    outcomesAsked: judge.code('outcomes_asked', codes.outcomesAsked.options) ?? null,
    outcomesAchieved: judge.code('outcomes_achieved', codes.outcomesAchieved.options) ?? null,
    mentalCapacity: judge.code('mental_capacity', codes.mentalCapacity.options) ?? null,
    advocate: advocate === undefined ? null : advocate === 'yes',
    riskOutcome: judge.code('risk_outcome', codes.riskOutcome.options) ?? null,
  };
  if (judge.isFilled('concluded_at')) flagGaps(judge, findings.outcomesAsked);
  return {
    reference,
    concernReference,
    concern,
    openedAt,
    conductedBy: judge.code('conducted_by', codes.conductedBy.options) ?? null,
    allocatedAt,
    concludedAt,
    ...findings,
    words: { team: cells['team']!, allocatedTo: cells['allocated_to']! },
  };
}

function judgeConcern(
  concernReference: string | undefined,
  reference: string,
  { judge, facts }: { judge: RowJudge; facts: EnquiryFacts },
): KnownConcern | undefined {
  if (concernReference === undefined) return undefined;
  const concern = facts.concerns.get(heldAs(concernReference));
  if (!concern) {
    judge.refuse('unknown_reference:concern_ref');
    return undefined;
  }
  const holder = facts.enquiryOf.get(heldAs(concernReference));
  if (concern.outcome !== 's42_enquiry' || (holder !== undefined && holder !== heldAs(reference))) judge.refuse('contradiction:concern_ref');
  return concern;
}

/** What a concluded enquiry should say and does not. */
function flagGaps(judge: RowJudge, asked: OutcomesAsked | null): void {
  const expected = ['outcomes_asked', 'mental_capacity', 'risk_outcome'];
  if (asked === 'asked_and_expressed') expected.push('outcomes_achieved');
  for (const column of expected) if (!judge.isFilled(column)) judge.flag(`not_recorded:${column}`);
}
