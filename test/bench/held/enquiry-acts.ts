import { addDays, londonDay } from '#libs/calendar';
import { enquiryIdOf, enquiryReferenceOf } from '#apps/section42/src/enquiry/application/enquiries';
import type { LocationOfRisk, MentalCapacity, OtherAgency, OutcomesAchieved, OutcomesAsked, RiskOutcome, SourceOfRisk, TypeOfRisk } from '#apps/section42/src/enquiry/domain/codes';
import type { ConcludeEnquiry, EnquiryCommand } from '#apps/section42/src/enquiry/domain/enquiry';
import type { RiskFinding } from '#apps/section42/src/enquiry/domain/risk-findings';
import type { Words } from '#libs/journal';
import { anyEnquiryCells, type Plan, randomOf } from '../../oracle/invented.ts';
import type { Random } from '../../oracle/random.ts';
import { type Act, codeIn, instantOf, momentIn, type Owned, staffOf } from './acts.ts';
import type { HeldConcern } from './concern-acts.ts';
import { remark } from './said.ts';

/** The enquiry that a decision opened: its record, and how it went. */
export interface HeldEnquiry {
  record: Owned;
  acts: Act<EnquiryCommand>[];
}

/** The enquiry of a concern; undefined where its decision came to none. `because` is the message that told of it. */
export function heldEnquiry(plan: Plan, concern: HeldConcern, because: string): HeldEnquiry | undefined {
  const { outcome, number, decidedAt, authority } = concern;
  if (decidedAt === undefined || (outcome !== 's42_enquiry' && outcome !== 'other_enquiry')) return undefined;
  const cells = anyEnquiryCells(plan, number)!;
  const random = randomOf(plan.seed, 6, number ^ 0x2a2a2a2a);
  const record = { id: enquiryIdOf(concern.id), authority };
  const acts: Act<EnquiryCommand>[] = [opening(concern, decidedAt, because)];
  const [allocatedAt, concludedAt] = [momentIn(cells['allocated_at']), momentIn(cells['concluded_at'])];
  if (allocatedAt === undefined) return { record, acts };
  const manager = staffOf('manager', authority, number);
  const worker = staffOf('worker', authority, number);
  acts.push(allocating(allocatedAt, { manager, worker, team: cells['team']! }));
  const agency = codeIn<OtherAgency>(cells['conducted_by'] === 'local_authority' ? '' : cells['conducted_by']);
  if (agency) acts.push(causing(allocatedAt + 1_000, { agency, manager, random }));
  if (concludedAt === undefined) return { record, acts };
  // Another agency may have been asked only just before.
  const at = Math.max(concludedAt, allocatedAt + 2_000);
  return { record, acts: [...acts, { at: instantOf(at), by: worker, make: (words) => conclusion(at, { concern, cells, worker, manager: agency ? manager : null, random, words }) }] };
}

const opening = ({ id, outcome, number, authority }: HeldConcern, decidedAt: number, because: string): Act<EnquiryCommand> => ({
  at: instantOf(decidedAt),
  by: staffOf('triage', authority, number),
  because,
  make: () => ({
    type: 'OpenEnquiry', at: instantOf(decidedAt), concernId: id, kind: outcome === 's42_enquiry' ? 's42' : 'other', decision: 1, reference: enquiryReferenceOf(id), legacy: false,
  }),
});

function allocating(ms: number, { manager, worker, team }: { manager: string; worker: string; team: string }): Act<EnquiryCommand> {
  const at = instantOf(ms);
  return { at, by: manager, make: () => ({ type: 'AllocateEnquiry', at, by: manager, worker, team, openTo: [] }) };
}

function causing(ms: number, { agency, manager, random }: { agency: OtherAgency; manager: string; random: Random }): Act<EnquiryCommand> {
  const at = instantOf(ms);
  return {
    at,
    by: manager,
    make: (words) => ({ type: 'CauseEnquiry', at, by: manager, agency, scope: words.keep(remark(random)), purpose: words.keep(remark(random)), dueOn: addDays(londonDay(at), 28) }),
  };
}

interface Concluding {
  concern: HeldConcern;
  cells: Record<string, string>;
  worker: string;
  /** Who checked what another agency found; null where the council made the enquiry. */
  manager: string | null;
  random: Random;
  words: Words;
}

function conclusion(ms: number, { concern, cells, worker, manager, random, words }: Concluding): ConcludeEnquiry {
  const outcomesAsked = codeIn<OutcomesAsked>(cells['outcomes_asked'])!;
  const mentalCapacity = cells['mental_capacity'] === 'not_recorded' ? 'not_known' : codeIn<MentalCapacity>(cells['mental_capacity'])!;
  return {
    type: 'ConcludeEnquiry',
    at: instantOf(ms),
    decidedBy: worker,
    outcomesAsked,
    whyNotAsked: outcomesAsked === 'not_asked' ? words.keep(remark(random)) : null,
    outcomesAchieved: outcomesAsked === 'asked_and_expressed' ? codeIn<OutcomesAchieved>(cells['outcomes_achieved']) : null,
    mentalCapacity,
    advocate: mentalCapacity === 'lacks_capacity' ? cells['advocate'] === 'yes' : null,
    risks: [finding(concern, cells['risk_outcome']!)],
    action: { isNeeded: random.happens(0.7), words: words.keep(remark(random)) },
    sarReferral: random.happens(0.01),
    qualityCheckedBy: manager,
  };
}

function finding({ cells }: HeldConcern, outcome: string): RiskFinding {
  const isNone = outcome === 'no_risk_identified';
  return {
    typeOfRisk: cells['abuse_types']!.split(';')[0] as TypeOfRisk,
    sourceOfRisk: cells['source_of_risk'] as SourceOfRisk,
    location: cells['location_type'] as LocationOfRisk,
    riskAssessmentOutcome: isNone ? 'A5' : 'A1',
    riskOutcome: isNone ? null : (outcome as RiskOutcome),
  };
}
