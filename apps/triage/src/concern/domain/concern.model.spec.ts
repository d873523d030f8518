import { RuleViolation } from '#libs/decider';
import { isKeptFrom, isOpenTo, KEPT_BECAUSE } from '#libs/restriction';
import * as fc from 'fast-check';

import { aDecision, aLegacyConcern, aReceipt, limbs, words } from './a-concern.js';
import { NOTHING_SAID, OVERRIDING_GROUNDS } from './circumstances.js';
import { DANGER_SAID, FILE_KINDS, FILE_VERDICTS, FURTHER_ROUTES, MESSAGE_WAYS, MISSING_ITEMS, NOT_SAFEGUARDING_REASONS, NOT_SENT_REASONS, OUTCOMES } from './codes.js';
import { concern, permitted, type Concern, type ConcernCommand, type ConcernTriaged, type FileOfConcern } from './concern.js';
import { RETENTION } from './retention-rules.js';
import { LIMB_ANSWERS, LIMBS, legacyLimbs } from './three-limbs.js';
import { WISHES_ANSWERS } from './wishes.js';

const at = fc.integer({ min: 10, max: 28 }).map((day) => `2026-06-${day}T09:00:00.000000Z`);
const by = fc.constantFrom('officer-1', 'officer-2', 'manager-1', ' ');
const text = fc.option(fc.constantFrom(words('a'), words('b')), { freq: 6 });
const answer = fc.constantFrom('yes', 'yes', 'yes', ...LIMB_ANSWERS);
const wishes = fc.record({ answer: fc.constantFrom(...WISHES_ANSWERS), words: text });
const answers = fc.tuple(answer, answer, answer).map((three) => limbs(...three));
const legacyAnswer = fc.constantFrom('yes', 'no', null);
const legacyDecision = fc
  .tuple(at, fc.constantFrom(...OUTCOMES), fc.record({ needs: legacyAnswer, risk: legacyAnswer, unable: legacyAnswer }))
  .map(([at, outcome, three]) => ({ at, outcome, limbs: legacyLimbs(three), reason: null, decidedByInWords: null, notSafeguardingReason: null }));
const act = <T extends string>(type: T) => fc.record({ type: fc.constant(type), at, by });
const actWith = <T extends string>(type: T) => fc.record({ type: fc.constant(type), at, by, reason: text });
/** Long after everything else. */
const disposal = <T extends string>(type: T) => fc.record({ type: fc.constant(type), at: fc.constantFrom('2032-06-20T09:00:00.000000Z', '2033-01-01T09:00:00.000000Z'), by, rules: fc.constant(RETENTION), isEnquiryGone: fc.constant(false), isEnquiryHeld: fc.constant(false) });
const staff = fc.uniqueArray(fc.constantFrom('officer-1', 'officer-2', 'manager-1'), { maxLength: 2 });
const what = fc.array(fc.constantFrom(...MISSING_ITEMS), { maxLength: 3 });

const circumstances = fc.record({
  protection: fc.option(fc.record({ answer: fc.constantFrom('taken', 'not_needed', 'not_taken'), words: text }), { freq: 1 }),
  mentalCapacity: fc.constant(null),
  consent: fc.option(fc.record({ answer: fc.constant('refused_overridden'), ground: fc.option(fc.constantFrom(...OVERRIDING_GROUNDS)), words: text }), { freq: 1 }),
  advocacy: fc.constant(null),
});
const limbSoFar = fc.record({ answer: fc.option(fc.constantFrom(...LIMB_ANSWERS)), reason: text });

const leaning = fc.record({
  outcome: fc.option(fc.constantFrom(...OUTCOMES)),
  reason: text,
  otherEnquiryReason: text,
  notSafeguardingReason: fc.option(fc.constantFrom(...NOT_SAFEGUARDING_REASONS)),
  furtherRoutes: fc.array(fc.constantFrom(...FURTHER_ROUTES), { maxLength: 1 }),
  sarReferral: fc.option(fc.boolean()),
});

const triage = fc.record({
  lot: fc.record({ value: fc.constantFrom(0, 0.04, 0.5), share: fc.constant(0.05) }),
  circumstances: fc.oneof(fc.constant(NOTHING_SAID), circumstances),
  at,
  decidedBy: by,
  limbs: answers,
  outcome: fc.constantFrom('s42_enquiry', 's42_enquiry', ...OUTCOMES, null),
  reason: text,
  wishes: fc.option(wishes),
  otherEnquiryReason: fc.option(fc.constant(words('other')), { freq: 1 }),
  notSafeguardingReason: fc.option(fc.constantFrom(...NOT_SAFEGUARDING_REASONS), { freq: 1 }),
  furtherRoutes: fc.array(fc.constantFrom(...FURTHER_ROUTES), { maxLength: 1 }),
});

const sendingId = fc.constantFrom('sending-1', 'sending-2');

const command: fc.Arbitrary<ConcernCommand> = fc.oneof(
  fc.record({ hasWorry: fc.boolean(), hasContact: fc.boolean(), missing: what }).map((change) => aReceipt(change)),
  fc.option(legacyDecision).map((decision) => aLegacyConcern({ decision })),
  fc.record({ type: fc.constant('IdentifyPerson'), at, personId: fc.constantFrom('p1', 'p2'), personSequence: fc.constantFrom(1, 2), ageBand: fc.constant('18-64') }),
  fc.record({ type: fc.constant('AssignConcern'), at, by, to: fc.option(fc.constantFrom('officer-1', 'officer-2')) }),
  fc.record({ type: fc.constant('AskForMore'), at, by, what, message: text }),
  fc.record({ type: fc.constant('AnswerMore'), at, by, what, answer: text }),
  fc.record({ type: fc.constant('TellMore'), at, by, what, words: text, letInBy: fc.constantFrom('account', 'code') }),
  fc.record({ type: fc.constant('TellMore'), at, by, what, words: text, inDanger: fc.constantFrom(...DANGER_SAID), letInBy: fc.constantFrom('account', 'code') }),
  fc.record({ type: fc.constant('RecordWishes'), at, by, wishes }),
  fc.record({ type: fc.constant('ConsiderLimbs'), at, by, limbs: fc.record({ needs: limbSoFar, risk: limbSoFar, unable: limbSoFar }), circumstances, wishes: fc.option(wishes), leaning: fc.option(leaning), ask: fc.option(fc.record({ what, message: text })) }),
  { arbitrary: triage.map((change) => aDecision(change)), weight: 6 },
  fc.record({ type: fc.constant('LookAgain'), at, by, hasSeen: fc.boolean(), limbs: answers, outcome: fc.option(fc.constantFrom(...OUTCOMES)), reason: text }),
  actWith('ReopenConcern'),
  fc.record({ type: fc.constant('TellReferrer'), at, by, message: text }),
  actWith('RecordReferrerNotTold'),
  fc.record({ type: fc.constant('SendToReferrer'), at, by, message: text, length: fc.constantFrom(80, 800), way: fc.constantFrom(...MESSAGE_WAYS), sendingId, reach: fc.record({ email: fc.boolean(), text: fc.boolean(), isRisky: fc.boolean(), hasWishes: fc.boolean() }), isSafe: fc.boolean(), isAgain: fc.boolean() }),
  fc.record({ type: fc.constant('RecordSent'), at, sendingId }),
  fc.record({ type: fc.constant('RecordNotSent'), at, sendingId, reason: fc.constantFrom(...NOT_SENT_REASONS) }),
  fc.record({
    type: fc.constant('CorrectConcern'),
    at,
    by,
    reason: text,
    correction: fc.oneof(
      fc.record({ field: fc.constant('receivedAt'), value: at }),
      fc.record({ field: fc.constant('immediateRisk'), value: fc.boolean() }),
    ),
  }),
  fc.record({ type: fc.constant('NamePlace'), at, by, placeId: fc.option(fc.constantFrom('place-1', 'place-2')), isKnown: fc.boolean(), reason: text }),
  fc.record({ type: fc.constant('JudgeReferrer'), at, by, mayBeSource: fc.boolean(), reason: text }),
  actWith('SeeToDanger'),
  { arbitrary: actWith('ProposeEnteredInError'), weight: 2 },
  actWith('DeclineEnteredInError'),
  { arbitrary: act('ConfirmEnteredInError'), weight: 4 },
  fc.record({ type: fc.constant('AddFile'), at, by, fileId: fc.constantFrom('file-1', 'file-2', 'file-3'), kind: fc.constantFrom(...FILE_KINDS), bytes: fc.constant(1), name: text, most: fc.constant(2), letInBy: fc.constantFrom('account', 'receipt', 'code', 'work') }),
  fc.record({ type: fc.constant('JudgeFile'), at, fileId: fc.constantFrom('file-1', 'file-2'), verdict: fc.constantFrom(...FILE_VERDICTS) }),
  fc.record({ type: fc.constant('RestrictConcern'), at, by, names: staff, why: fc.constant('domestic_abuse'), reason: text, unknown: fc.constant([]), namedHere: fc.constant([]) }),
  fc.record({ type: fc.constant('KeepConcernFrom'), at, by, staff, why: fc.constantFrom(...KEPT_BECAUSE), reason: text, unknown: fc.constant([]), namedHere: fc.constant(['officer-1', 'officer-2']), managers: fc.constant(['manager-1', 'manager-2']) }),
  fc.record({ type: fc.constant('KeepNoMore'), at, by, staff, reason: text, namedHere: fc.constant([]) }),
  actWith('PlaceLegalHold'),
  { arbitrary: actWith('LiftLegalHold'), weight: 2 },
  { arbitrary: disposal('ProposeDisposal'), weight: 3 },
  actWith('DeclineDisposal'),
  { arbitrary: disposal('ConfirmDisposal'), weight: 4 },
);

/** The states a random life goes through, with the command that led to each. */
function life(commands: ConcernCommand[]): { command: ConcernCommand; before: Concern; after: Concern }[] {
  let state = concern.initialState;
  return commands.map((command) => {
    const before = state;
    try {
      state = concern.decide(command, state).reduce(concern.evolve, state);
      return { command, before, after: state };
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return { command, before, after: state };
    }
  });
}

function decisions(state: Concern): ConcernTriaged[] {
  if (state.status === 'absent') return [];
  return state.status === 'triaged' ? [...state.story.earlierDecisions, state.decision] : state.story.earlierDecisions;
}

const filesOf = (state: Concern): FileOfConcern[] => (state.status === 'absent' ? [] : state.story.files);

const isInDanger = (state: Concern): boolean | null => (state.status === 'absent' ? null : state.story.particulars.immediateRisk);

const placeOf = (state: Concern): string | null => (state.status === 'absent' ? null : state.story.placeId);

const LIFE = fc.array(command, { minLength: 20, maxLength: 40 }).map(life);

describe('whatever is asked of a concern', () => {
  it('none is decided without a named person and a reason', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const decision of steps.flatMap(({ after }) => decisions(after)).filter(({ legacy }) => !legacy)) {
          expect(decision.decidedBy?.trim()).toBeTruthy();
          expect(decision.reason).not.toBeNull();
        }
      }),
    );
  });

  it('none is entered in error but by two named people and for a reason', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const ended = steps.flatMap(({ after }) => (after.status === 'entered-in-error' ? [after] : []));
        for (const { proposedBy, confirmedBy, reason } of ended) {
          expect(proposedBy.trim() && confirmedBy.trim()).toBeTruthy();
          expect(proposedBy).not.toBe(confirmedBy);
          expect(reason).not.toBeNull();
        }
      }),
    );
  });

  it('none is disposed of but by two named people, with no hold on it, and none that waits or came to an enquiry', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps.filter(({ before: { status }, after: { status: now } }) => status !== 'disposed' && now === 'disposed')) {
          if (after.status !== 'disposed' || before.status === 'absent') throw new Error('nothing came of nothing');
          expect(before.status).not.toBe('awaiting-triage');
          expect(before.story.legalHold).toBeNull();
          expect(after.proposedBy.trim() && after.confirmedBy.trim()).toBeTruthy();
          expect(after.proposedBy).not.toBe(after.confirmedBy);
          expect(decisions(after).filter(({ outcome, legacy }) => outcome === 's42_enquiry' || (outcome === 'other_enquiry' && !legacy))).toEqual([]);
          expect(after.story.personId).toBeNull();
        }
      }),
    );
  });

  it('a section 42 enquiry is decided on three answers of yes, and on nothing else', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { limbs, outcome } of steps.flatMap(({ after }) => decisions(after)).filter(({ legacy }) => !legacy)) {
          const given = LIMBS.map((name) => limbs[name].answer);
          expect(given.every((answer) => answer === 'yes')).toBe(outcome === 's42_enquiry');
          expect(given).not.toContain('cannot_yet_tell');
        }
      }),
    );
  });

  it('what has still to be done to keep somebody safe is left to nobody by no further action', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { outcome, circumstances } of steps.flatMap(({ after }) => decisions(after))) expect([outcome, circumstances?.protection?.answer]).not.toEqual(['no_further_action', 'not_taken']);
      }),
    );
  });

  it('nothing that was judged so far outlives its decision, and none of it decides', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { after } of steps) expect(after.status === 'triaged' && after.story.considered !== null).toBe(false);
        for (const { before, after } of steps.filter(({ command }) => command.type === 'ConsiderLimbs')) expect(after.status).toBe(before.status);
      }),
    );
  });

  it('nothing leaves the queue but by a decision or as entered in error', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const leaving = steps.filter(({ before, after }) => before.status === 'awaiting-triage' && after.status !== 'awaiting-triage');
        for (const { command } of leaving) expect(['TriageConcern', 'ConfirmEnteredInError']).toContain(command.type);
      }),
    );
  });

  it('a second look is never given by whoever decided, and changes no decision', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps.filter(({ command }) => command.type === 'LookAgain')) {
          expect([decisions(after), after.status]).toEqual([decisions(before), before.status]);
          if (after.status !== 'triaged') continue;
          for (const { given } of after.story.secondLooks.filter(({ decision }) => decision === after.decision.decision)) expect(given?.by).not.toBe(after.decision.decidedBy);
        }
      }),
    );
  });

  it('danger is raised by whoever raised the concern, and taken back by a named person alone', () => {
    const raisedBy: string[] = [];
    fc.assert(
      fc.property(LIFE, (steps) => {
        raisedBy.push(...steps.filter(({ before, after }) => isInDanger(before) === false && isInDanger(after) === true).map(({ command }) => command.type));
        const takenBack = steps.filter(({ before, after }) => isInDanger(before) === true && isInDanger(after) !== true);
        for (const { command } of takenBack) expect(command).toMatchObject({ type: 'CorrectConcern', by: expect.stringMatching(/\S/) });
      }),
      { numRuns: 300 },
    );
    expect(raisedBy).toContain('TellMore');
  });

  it('a file is judged once, and none is left of what was disposed of', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps) {
          const [were, are] = [filesOf(before), filesOf(after)];
          const judged = after.status === 'disposed' ? [] : were.filter(({ state }) => state !== 'held');
          expect(are).toEqual(expect.arrayContaining(judged));
          expect(are.length).toBeLessThanOrEqual(after.status === 'disposed' ? 0 : 2);
        }
      }),
    );
  });

  it('no place is named but one that is known, by a named person, and none is changed or left after that without a reason', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { command, before, after } of steps) {
          const [was, is] = [placeOf(before), placeOf(after)];
          if (was === is || after.status === 'disposed') continue;
          if (command.type !== 'NamePlace') throw new Error(`${command.type} changed the place`);
          expect([command.isKnown, Boolean(command.by.trim()), was === null || command.reason !== null]).toEqual([true, true, true]);
        }
      }),
    );
  });

  it('none is with somebody from whom it is kept, or opened to them, but by whoever says that it need not be', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { command, before, after } of steps) {
          if (after.status === 'absent') continue;
          const { story } = after;
          const opened = before.status === 'absent' || command.type === 'KeepNoMore' ? [] : (before.story.keptFrom ?? []).filter(({ id }) => !isKeptFrom(story, id));
          expect([opened, story.assignedTo === null || isOpenTo(story, story.assignedTo)]).toEqual([[], true]);
        }
      }),
    );
  });

  it('no decision is ever forgotten, and they are counted from the first', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, after } of steps) {
          expect(decisions(after).slice(0, decisions(before).length)).toEqual(decisions(before));
          expect(decisions(after).map(({ decision }) => decision)).toEqual(decisions(after).map((_, index) => index + 1));
        }
      }),
    );
  });

  it('nothing changes by a command that is not permitted', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const forbidden = steps.filter(({ command, before }) => !permitted(before).includes(command.type));
        for (const { before, after } of forbidden) expect(after).toEqual(before);
      }),
    );
  });

  it('the random lives reach every state', () => {
    const seen = new Set(fc.sample(LIFE, { numRuns: 300, seed: 7 }).flatMap((steps) => steps.map(({ after }) => after.status)));
    expect([...seen].toSorted()).toEqual(['absent', 'awaiting-triage', 'disposed', 'entered-in-error', 'triaged']);
  });
});
