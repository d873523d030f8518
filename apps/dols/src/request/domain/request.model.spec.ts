import { fold, RuleViolation } from '#libs/decider';
import { isKeptFrom } from '#libs/restriction';
import * as fc from 'fast-check';
import { assessmentKinds } from './codes.js';
import type { RequestCommand } from './commands.js';
import { lastDayOf } from './decide-request.js';
import type { RequestEvent } from './events.js';
import { permitted } from './permitted.js';
import { allocate, assess, because, grant, imports, prioritise, receive, screen, withdraw } from './request.builders.js';
import { request } from './request.js';
import { RETENTION } from './retention-rules.js';
import type { Request } from './state.js';

const anAt = fc.constantFrom('2026-05-20', '2026-07-10', '2026-07-13', '2027-07-20').map((day) => `${day}T10:00:00.000000Z`);
const aBy = fc.constantFrom(null, 'officer-1', 'officer-2');
const aReason = fc.constantFrom(null, because);
const aKind = fc.constantFrom(...assessmentKinds);

const aCommand: fc.Arbitrary<RequestCommand> = fc.oneof(
  fc.constantFrom<RequestCommand>(receive, imports, screen, prioritise, allocate, withdraw),
  { weight: 6, arbitrary: aKind.map((kind): RequestCommand => assess(kind)) },
  fc.record({ kind: aKind, result: fc.constantFrom('met', 'not_met') }).map(({ kind, result }) => assess(kind, { result })),
  fc
    .record({ at: anAt, by: aBy, reason: aReason, authorisedTo: fc.constantFrom('2026-08-01', '2027-07-12', '2027-07-13') })
    .map((change): RequestCommand => ({ ...grant, ...change })),
  fc
    .record({ by: aBy, reason: aReason, negativeAssessment: fc.option(aKind) })
    .map((change): RequestCommand => ({ type: 'DecideRequest', at: grant.at, outcome: 'not_granted', ...change })),
  fc
    .record({ at: anAt, by: aBy, reason: aReason, why: fc.constantFrom('expired', 'died', 'ceased') })
    .map((change): RequestCommand => ({ type: 'EndAuthorisation', endedOn: '2026-08-01', source: null, ...change })),
  fc
    .record({ type: fc.constantFrom('ProposeEnteredInError', 'ConfirmEnteredInError'), at: anAt, by: aBy })
    .map((change): RequestCommand => ({ ...change, reason: because })),
  fc
    .record({ at: anAt, by: aBy, authorisedTo: fc.constantFrom('2027-07-12', '2027-07-13', '2027-08-01') })
    .map(({ at, by, authorisedTo }): RequestCommand => ({ type: 'CorrectRequest', at, by, reason: because, changes: { authorisedTo } })),
);

/** Who it is about, and whom it is open to. */
const known: fc.Arbitrary<RequestCommand> = fc.oneof(
  fc.record({ at: anAt, personId: fc.constantFrom('p1', 'p2'), personSequence: fc.constantFrom(1, 2), restrictedTo: fc.constantFrom([], ['bia-1']) }).map((change): RequestCommand => ({ type: 'IdentifyPerson', ageBand: '75-84', ...change })),
  fc.record({ at: anAt, staff: fc.subarray(['bia-1', 'mha-1'], { minLength: 1 }) }).map((change): RequestCommand => ({ type: 'KeepRequestFrom', by: 'officer-1', why: 'source_of_risk', reason: null, unknown: [], namedHere: ['officer-1'], managers: ['manager-1'], ...change })),
  fc.record({ at: anAt, names: fc.subarray(['bia-1', 'mha-1', 'officer-1']) }).map((change): RequestCommand => ({ type: 'RestrictRequest', by: 'officer-1', why: 'domestic_abuse', reason: null, unknown: [], namedHere: [], ...change })),
);

const aKeeper = fc.constantFrom('keeper-1', 'keeper-2', ' ');
const anEnd: fc.Arbitrary<RequestCommand> = fc.oneof(
  fc.record({ type: fc.constantFrom('PlaceLegalHold', 'LiftLegalHold', 'DeclineDisposal'), at: anAt, by: aKeeper, reason: aReason }),
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('ProposeDisposal', 'ConfirmDisposal'), at: fc.constantFrom('2030-01-01T10:00:00.000000Z', '2040-01-01T10:00:00.000000Z'), by: aKeeper }).map((change): RequestCommand => ({ ...change, rules: RETENTION })) },
);

const ready: RequestCommand[] = [receive, prioritise, allocate, ...assessmentKinds.map((kind) => assess(kind))];
const aStory = fc
  .tuple(fc.constantFrom<RequestCommand[]>([], ready, [...ready, grant]), fc.array(fc.oneof({ weight: 6, arbitrary: aCommand }, { weight: 2, arbitrary: anEnd }, known), { maxLength: 30 }))
  .map(([beginning, rest]) => [...beginning, ...rest]);

interface Step {
  command: RequestCommand;
  events: RequestEvent[];
  before: Request;
  after: Request;
}

function* told(story: RequestCommand[]): Generator<Step> {
  let before: Request = request.initialState;
  for (const command of story) {
    const events = attempt(command, before);
    const after = fold(request, events, before);
    yield { command, events, before, after };
    before = after;
  }
}

function attempt(command: RequestCommand, state: Request): RequestEvent[] {
  try {
    return request.decide(command, state);
  } catch (error) {
    if (error instanceof RuleViolation && /^request\/[a-z-]+$/.test(error.code)) return [];
    throw error;
  }
}

const always = (holds: (step: Step) => boolean) =>
  fc.assert(fc.property(aStory, (story) => told(story).every(holds)), { numRuns: 500 });

describe('whatever is asked, in whatever order', () => {
  it('a request that is not from an old system ends by a named person’s decision with a reason', () =>
    always(({ events }) =>
      events.every((event) => event.type !== 'RequestDecided' || (event.by !== null && event.reason !== null)),
    ));
  it('only a negative assessment refuses', () =>
    always(
      ({ events, before }) =>
        before.status === 'absent' ||
        events.every(
          (event) =>
            event.type !== 'RequestDecided' ||
            event.outcome !== 'not_granted' ||
            (event.negativeAssessment !== null && before.assessments[event.negativeAssessment]?.result === 'not_met'),
        ),
    ));
  it('no authorisation reaches its anniversary', () =>
    always(({ after }) => after.status !== 'authorised' || after.authorisation.to <= lastDayOf(after.authorisation.from)));
  it('nothing leaves the queue but by a decision or an entry in error', () =>
    always(
      ({ events, before, after }) =>
        !permitted(before).includes('DecideRequest') ||
        permitted(after).includes('DecideRequest') ||
        events.some(({ type }) => type === 'RequestDecided' || type === 'EnteredInErrorConfirmed'),
    ));
  it('none that was allocated here stays so with nobody who has it', () =>
    always(({ after }) => after.status !== 'allocated' || after.legacy || typeof after.allocation?.bestInterestsAssessor === 'string'));
  it('none is with somebody from whom it is kept', () =>
    always(({ after }) => !('allocation' in after) || !after.allocation || [after.allocation.bestInterestsAssessor, after.allocation.mentalHealthAssessor].every((one) => one === null || !isKeptFrom(after, one))));
  it('two people enter a request in error', () =>
    always(({ events }) =>
      events.every((event) => event.type !== 'EnteredInErrorConfirmed' || (event.by !== null && event.by !== event.proposedBy)),
    ));
  it('none is disposed of but by two named people, with no hold on it, and none that waits', () =>
    always(
      ({ events, before }) =>
        before.status === 'absent' ||
        events.every((event) => event.type !== 'RequestDisposed' || (event.proposedBy !== event.confirmedBy && before.legalHold === null && !permitted(before).includes('DecideRequest'))),
    ));
  it('random stories come to that', () => {
    const ends = fc.sample(aStory, { numRuns: 500, seed: 7 }).filter((story) => [...told(story)].some(({ after }) => after.status === 'disposed'));
    expect(ends.length).toBeGreaterThan(0);
  });
  it('what changed something is what the page could offer', () =>
    always(({ command, events, before }) => events.length === 0 || permitted(before).includes(command.type)));
});
