import { addYears, type AgeBand, type Day, type Instant } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { type Ages, personOn, type Row, type RowJudge } from '#libs/extract';
import type { Band, Kind, Outcome, Setting } from '../../domain/codes.js';

export const columns = {
  required: ['application_ref', 'authority', 'person_ref', 'received_at', 'kind'],
  optional: [
    'urgent', 'managing_authority', 'setting', 'priority', 'allocated_at', 'best_interests_assessor', 'decided_at', 'outcome',
    'authorised_from', 'authorised_to',
  ],
} as const;

/** One accepted row of dols.csv. */
export interface RequestRow {
  reference: string;
  authority: string;
  personReference: string;
  ageBand: AgeBand;
  receivedAt: Instant;
  kind: Kind;
  urgent: boolean | null;
  setting: Setting | null;
  priority: Band | null;
  allocatedAt: Instant | null;
  decidedAt: Instant | null;
  outcome: Outcome | null;
  authorisedFrom: Day | null;
  authorisedTo: Day | null;
  words: { managingAuthority: string; bestInterestsAssessor: string };
}

/** Finds everything that keeps a row of dols.csv out, as the extract format lists it. */
export function judgeRequest(row: Row, judge: RowJudge, ages: Ages): RequestRow {
  const reference = judge.required('application_ref')!;
  judge.required('authority');
  const authority = judge.code('authority', codes.authority.options)!;
  const personReference = judge.required('person_ref')!;
  judge.required('received_at');
  const receivedAt = judge.time('received_at')!;
  const age = personOn.judge(row, judge, { ages, timeColumn: 'received_at' });
  judge.required('kind');
  const kind = judge.code('kind', codes.dolsKind.options)!;
  const urgent = judge.code('urgent', codes.yesNo.options);
  const setting = judge.code('setting', codes.dolsSetting.options) ?? null;
  const priority = judge.code('priority', codes.band.options) ?? null;
  const allocatedAt = judge.time('allocated_at') ?? null;
  const ending = judgeEnding(judge);
  if (!judge.isFilled('priority') && !judge.isFilled('decided_at') && !judge.isFilled('outcome')) judge.flag('not_recorded:priority');
  return {
    reference,
    authority,
    personReference,
    ageBand: age?.ageBand ?? 'not_known',
    receivedAt,
    kind,
    urgent: urgent === undefined ? null : urgent === 'yes',
    setting,
    priority,
    allocatedAt,
    ...ending,
    words: { managingAuthority: row.cells['managing_authority']!, bestInterestsAssessor: row.cells['best_interests_assessor']! },
  };
}

type Ending = Pick<RequestRow, 'decidedAt' | 'outcome' | 'authorisedFrom' | 'authorisedTo'>;

function judgeEnding(judge: RowJudge): Ending {
  const decidedAt = judge.time('decided_at') ?? null;
  judge.order('received_at', 'decided_at');
  const outcome = judge.code('outcome', codes.dolsOutcome.options) ?? null;
  const authorisedFrom = judge.date('authorised_from') ?? null;
  const authorisedTo = judge.date('authorised_to') ?? null;
  judge.order('authorised_from', 'authorised_to');
  if (authorisedFrom && authorisedTo && authorisedTo > addYears(authorisedFrom, 1)) judge.refuse('authorised_too_long');
  if (contradicts(judge, outcome)) judge.refuse('contradiction:outcome');
  return { decidedAt, outcome, authorisedFrom, authorisedTo };
}

/** Asks only what is filled; an outcome that is no code of its list is neither granted nor another. */
function contradicts(judge: RowJudge, outcome: Outcome | null): boolean {
  const dates = [judge.isFilled('authorised_from'), judge.isFilled('authorised_to')];
  const isBad = outcome === null && judge.isFilled('outcome');
  const isGrantedWithoutDates = outcome === 'granted' && dates.includes(false);
  const hasDatesWithoutGrant = !isBad && outcome !== 'granted' && dates.includes(true);
  return isGrantedWithoutDates || hasDatesWithoutGrant || judge.isFilled('outcome') !== judge.isFilled('decided_at');
}
