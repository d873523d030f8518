import * as fc from 'fast-check';
import { RuleViolation } from '#libs/decider';
import { KEPT_BECAUSE } from '#libs/restriction';
import { aDecision, aLegacyConcern, aReceipt, limbs, words } from '../src/concern/domain/a-concern.js';
import { NOTHING_SAID, OVERRIDING_GROUNDS } from '../src/concern/domain/circumstances.js';
import { DANGER_SAID, FILE_KINDS, FILE_VERDICTS, FURTHER_ROUTES, MESSAGE_WAYS, MISSING_ITEMS, NOT_SAFEGUARDING_REASONS, NOT_SENT_REASONS, OUTCOMES, ROUTES } from '../src/concern/domain/codes.js';
import { concern, type Concern, type ConcernCommand } from '../src/concern/domain/concern.js';
import { RETENTION } from '../src/concern/domain/retention-rules.js';
import { LIMB_ANSWERS, legacyLimbs } from '../src/concern/domain/three-limbs.js';
import { WISHES_ANSWERS } from '../src/concern/domain/wishes.js';

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
const reach = fc.record({ email: fc.boolean(), text: fc.boolean(), isRisky: fc.boolean(), hasWishes: fc.boolean() });

/** Whom a concern is open to. */
const openness: fc.Arbitrary<ConcernCommand>[] = [
  fc.record({ type: fc.constant('RestrictConcern'), at, by, names: staff, why: fc.constant('domestic_abuse'), reason: text, unknown: fc.constant([]), namedHere: fc.constant([]) }),
  fc.record({ type: fc.constant('LiftRestriction'), at, by, reason: text, namedHere: staff }),
  fc.record({ type: fc.constant('BreakGlass'), at, by, until: at, reason: text }),
  fc.record({ type: fc.constant('KeepConcernFrom'), at, by, staff, why: fc.constantFrom(...KEPT_BECAUSE), reason: text, unknown: fc.constant([]), namedHere: fc.constant(['officer-1', 'officer-2']), managers: fc.constant(['manager-1', 'manager-2']) }),
  fc.record({ type: fc.constant('KeepNoMore'), at, by, staff, reason: text, namedHere: fc.constant([]) }),
];

const command: fc.Arbitrary<ConcernCommand> = fc.oneof(
  fc.record({ hasWorry: fc.boolean(), hasContact: fc.boolean(), missing: what }).map((change) => aReceipt(change)),
  fc.option(legacyDecision).map((decision) => aLegacyConcern({ decision })),
  fc.record({ type: fc.constant('IdentifyPerson'), at, personId: fc.constantFrom('p1', 'p2'), personSequence: fc.constantFrom(1, 2), ageBand: fc.constant('18-64') }),
  fc.record({ type: fc.constant('AssignConcern'), at, by, to: fc.option(fc.constantFrom('officer-1', 'officer-2')) }),
  fc.record({ type: fc.constant('AskForMore'), at, by, what, message: text, notice: fc.record({ sendingId, reach, isSaidSafe: fc.boolean(), isSafe: fc.boolean(), isCarried: fc.boolean() }) }, { requiredKeys: ['type', 'at', 'by', 'what', 'message'] }),
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
  fc.record({ type: fc.constant('SendToReferrer'), at, by, message: text, length: fc.constantFrom(80, 800), way: fc.constantFrom(...MESSAGE_WAYS), sendingId, reach, isSafe: fc.boolean(), isAgain: fc.boolean() }),
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
  fc.record({ type: fc.constant('RecordRouteReceived'), at, by, route: fc.constantFrom(...ROUTES), decision: fc.constantFrom(1, 2), reference: text }),
  fc.record({ type: fc.constant('RecordRouteRefused'), at, by, route: fc.constantFrom(...ROUTES), decision: fc.constantFrom(1, 2), reason: text }),
  { arbitrary: actWith('ProposeEnteredInError'), weight: 2 },
  actWith('DeclineEnteredInError'),
  { arbitrary: act('ConfirmEnteredInError'), weight: 4 },
  fc.record({ type: fc.constant('AddFile'), at, by, fileId: fc.constantFrom('file-1', 'file-2', 'file-3'), kind: fc.constantFrom(...FILE_KINDS), bytes: fc.constant(1), name: text, most: fc.constant(2), letInBy: fc.constantFrom('account', 'receipt', 'code', 'work') }),
  fc.record({ type: fc.constant('JudgeFile'), at, fileId: fc.constantFrom('file-1', 'file-2'), verdict: fc.constantFrom(...FILE_VERDICTS) }),
  ...openness,
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

/** Whatever may be asked of a concern, in any order, and what it comes to. */
export const LIFE = fc.array(command, { minLength: 20, maxLength: 40 }).map(life);

/** Whatever may be said of whom one that was received is open to, again and again. */
export const OPENNESS = fc.array(fc.oneof(...openness), { minLength: 10, maxLength: 30 }).map((said) => life([aReceipt(), ...said]));
