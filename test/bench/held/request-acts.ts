import { addDays, addYears, type Day, type Instant, londonDay } from '#libs/calendar';
import type { Words } from '#libs/journal';
import { shortReference } from '#libs/platform';
import { type AssessmentKind, assessmentKinds, type Band, type Kind, type Outcome, type Setting } from '#apps/dols/src/request/domain/codes';
import type { DecideRequest, ReceiveRequest, RequestCommand } from '#apps/dols/src/request/domain/commands';
import type { Decision } from '#apps/dols/src/request/domain/parts';
import { applicationCells, end, type Plan, randomOf } from '../../oracle/invented.ts';
import type { Random } from '../../oracle/random.ts';
import { type Act, codeIn, instantOf, momentIn, type Owned, staffOf } from './acts.ts';
import type { Known } from './concern-acts.ts';
import { recordIdOf } from './ids.ts';
import { remark } from './said.ts';

/** A DoLS request that is held: what was invented of it, and how it went. */
export interface HeldRequest extends Owned {
  authority: string;
  number: number;
  /** The number of the person whom it is about. */
  person: number;
  receivedAt: number;
  decidedAt: number | undefined;
  outcome: Outcome | null;
  cells: Record<string, string>;
}

/** The request of a number: the same for the same plan. */
export function heldRequest(plan: Plan, number: number): HeldRequest {
  const cells = applicationCells(plan, number);
  const receivedAt = momentIn(cells['received_at'])!;
  return {
    id: recordIdOf(plan, 'dols_request', number, receivedAt),
    authority: cells['authority']!,
    number,
    person: Number(cells['person_ref']!.slice(plan.mark.length + 1)),
    receivedAt,
    decidedAt: momentIn(cells['decided_at']),
    outcome: codeIn<Outcome>(cells['outcome']),
    cells,
  };
}

const accounts = 178;

/** How it came in. */
export function requesting({ id, number, receivedAt, cells }: HeldRequest): Act<ReceiveRequest> {
  const [at, by] = [instantOf(receivedAt), `managing-authority-account-${number % accounts}`];
  return {
    at,
    by,
    make: (words) => ({
      type: 'ReceiveRequest',
      at,
      by,
      reference: shortReference('DL', id),
      kind: codeIn<Kind>(cells['kind'])!,
      urgent: cells['urgent'] === 'yes',
      urgentExpiresOn: null,
      setting: codeIn<Setting>(cells['setting']),
      managingAuthority: words.keep(cells['managing_authority']),
      renewalOf: null,
    }),
  };
}

interface Working {
  request: HeldRequest;
  random: Random;
  /** The moment after such a share of its time, from when it came in to its decision or the end of all that is held. */
  after(share: number): Instant;
  /** Who works on it, by role. */
  officer: string;
  interests: string;
  doctor: string;
}

/** What happened to it once it was known whom it is about. Those that wait have come as far as chance had it. */
export function working(plan: Plan, request: HeldRequest, known: Known): Act<RequestCommand>[] {
  const random = randomOf(plan.seed, 6, request.number ^ 0x55555555);
  const { authority, number, receivedAt, decidedAt } = request;
  const on = {
    request,
    random,
    after: (share: number) => instantOf(receivedAt + Math.floor(((decidedAt ?? end) - receivedAt) * share)),
    officer: staffOf('dols', authority, number),
    interests: `assessor-bia-${1 + (number % 38)}`,
    doctor: `assessor-doctor-${1 + (number % 21)}`,
  };
  const acts: Act<RequestCommand>[] = [identifying(known)];
  const isDecided = decidedAt !== undefined;
  if (!isDecided && random.happens(0.01)) return acts;
  acts.push(screening(on), prioritising(on));
  if (!isDecided && random.happens(0.75)) return acts;
  acts.push(allocating(on));
  return isDecided ? [...acts, ...assessing(on), deciding(on, instantOf(decidedAt))] : acts;
}

function identifying({ because, ...told }: Known): Act<RequestCommand> {
  return { at: told.at, by: null, because, make: () => ({ type: 'IdentifyPerson', ...told }) };
}

function screening({ after, officer: by, random }: Working): Act<RequestCommand> {
  const at = after(0.02);
  const objects = random.happens(0.15) ? 'yes' : 'no';
  return { at, by, make: () => ({ type: 'ScreenRequest', at, by, factors: { person_objects: objects, continuous_supervision_and_control: 'yes', free_to_leave: 'no' }, result: 'likely', reason: null }) };
}

function prioritising({ after, officer: by, random, request }: Working): Act<RequestCommand> {
  const at = after(0.05);
  return { at, by, make: (words) => ({ type: 'PrioritiseRequest', at, by, band: codeIn<Band>(request.cells['priority']) ?? 'low', reason: words.keep(remark(random)) }) };
}

function allocating({ after, officer: by, interests, doctor }: Working): Act<RequestCommand> {
  const at = after(0.5);
  return { at, by, make: () => ({ type: 'AllocateRequest', at, by, bestInterestsAssessor: interests, mentalHealthAssessor: doctor }) };
}

const byDoctor: readonly AssessmentKind[] = ['mental_capacity', 'mental_health', 'eligibility'];

/** All six where it was granted; where it was not, the one that was not met; else how far it had come. */
function assessing({ after, officer: by, interests, doctor, request, random }: Working): Act<RequestCommand>[] {
  const { outcome } = request;
  const made = outcome === 'granted' || outcome === 'not_granted' ? assessmentKinds : assessmentKinds.slice(0, random.below(4));
  return made.map((assessment, step) => {
    const at = after(0.6 + step * 0.05);
    const result = outcome === 'not_granted' && assessment === 'mental_capacity' ? 'not_met' : 'met';
    return { at, by, make: () => ({ type: 'RecordAssessment', at, by, assessment, result, assessor: byDoctor.includes(assessment) ? doctor : interests, assessedOn: londonDay(at), equivalent: null }) };
  });
}

function deciding({ request, random }: Working, at: Instant): Act<RequestCommand> {
  const by = staffOf('authoriser', request.authority, request.number);
  return { at, by, make: (words): DecideRequest => ({ type: 'DecideRequest', at, by, reason: words.keep(remark(random)), ...decision(request, at, { random, words }) }) };
}

function decision({ outcome, cells }: HeldRequest, at: Instant, { random, words }: { random: Random; words: Words }): Decision {
  if (outcome === 'granted') {
    const from = londonDay(at);
    return { outcome, authorisedFrom: from, authorisedTo: lastDay(from, cells['authorised_to']!), conditions: [], representative: { appointed: 'unpaid', name: words.keep(remark(random)) } };
  }
  if (outcome === 'not_granted') return { outcome, negativeAssessment: 'mental_capacity' };
  return { outcome: outcome!, source: { from: 'managing_authority', on: londonDay(at), words: words.keep(remark(random)) } };
}

/** No later than the day before its anniversary. */
function lastDay(from: Day, invented: Day): Day {
  const last = addDays(addYears(from, 1), -1);
  return invented < from ? from : invented > last ? last : invented;
}
