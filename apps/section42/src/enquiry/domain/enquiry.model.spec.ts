import { RuleViolation } from '#libs/decider';
import * as fc from 'fast-check';

import { aConclusion, aLegacyEnquiry, aRisk, words } from './an-enquiry.js';
import { MENTAL_CAPACITY, OUTCOMES_ACHIEVED, OUTCOMES_ASKED, RISK_ASSESSMENT_OUTCOMES, RISK_OUTCOMES } from './codes.js';
import { RETENTION } from './retention-rules.js';
import { enquiry, permitted, type Enquiry, type EnquiryCommand, type EnquiryConcluded } from './enquiry.js';

const at = fc.integer({ min: 10, max: 28 }).map((day) => `2026-06-${day}T09:00:00.000000Z`);
const by = fc.constantFrom('worker-1', 'manager-1', 'manager-1', ' ');
const text = fc.option(fc.constantFrom(words('a'), words('b')), { freq: 6 });
const day = fc.option(fc.constant('2026-07-01'), { freq: 6 });
const worker = fc.constantFrom('worker-1', 'worker-2');
const team = fc.constantFrom('north', 'south');
const asked = fc.constantFrom('asked_and_expressed', ...OUTCOMES_ASKED);
const achieved = fc.option(fc.constantFrom(...OUTCOMES_ACHIEVED), { freq: 2 });
const named = <T extends string>(type: T) => fc.record({ type: fc.constant(type), at, by, reason: text });
const disposal = <T extends string>(type: T) => fc.record({ type: fc.constant(type), at: fc.constantFrom('2032-06-29T09:00:00.000000Z', '2033-01-01T09:00:00.000000Z'), by, rules: fc.constant(RETENTION), concernHeld: fc.constantFrom('no' as const, 'no' as const, 'no' as const, 'yes' as const, 'not_known' as const) });
const weighted = (weight: number, arbitrary: fc.Arbitrary<EnquiryCommand>) => ({ weight, arbitrary });

const risk = fc
  .record({
    riskAssessmentOutcome: fc.constantFrom('A1', ...RISK_ASSESSMENT_OUTCOMES),
    riskOutcome: fc.option(fc.constantFrom(...RISK_OUTCOMES), { freq: 1 }),
  })
  .map((change) => aRisk(change));

const opening = fc.record({
  type: fc.constant('OpenEnquiry'),
  at,
  concernId: fc.constant('concern-1'),
  kind: fc.constantFrom('s42', 'other'),
  decision: fc.integer({ min: 1, max: 3 }),
  reference: fc.constant('SE-0001'),
  legacy: fc.boolean(),
});
const correction = fc.record({ field: fc.constantFrom('openedAt', 'allocatedAt', 'concludedAt'), value: at });
const review = fc.constantFrom('continues', 'ended');

const conclusion = fc.record({
  at,
  decidedBy: by,
  outcomesAsked: asked,
  outcomesAchieved: achieved,
  whyNotAsked: text,
  mentalCapacity: fc.constantFrom(...MENTAL_CAPACITY),
  advocate: fc.option(fc.boolean()),
  risks: fc.array(risk, { maxLength: 2 }),
  action: fc.record({ isNeeded: fc.boolean(), words: text }),
  qualityCheckedBy: fc.option(by),
});

const command: fc.Arbitrary<EnquiryCommand> = fc.oneof(
  weighted(3, opening),
  weighted(1, fc.constantFrom(aLegacyEnquiry(), aLegacyEnquiry({ concludedAt: null }))),
  weighted(2, fc.record({ type: fc.constant('AllocateEnquiry'), at, by, worker, team, openTo: fc.constant([]) })),
  weighted(1, fc.record({ type: fc.constant('ReallocateEnquiry'), at, by, worker, team, openTo: fc.constant([]), reason: text })),
  weighted(1, fc.record({ type: fc.constant('CauseEnquiry'), at, by, agency: fc.constant('nhs'), scope: text, purpose: text, dueOn: day })),
  weighted(1, fc.record({ type: fc.constant('RecordProgressCheck'), at, by, note: text, dueOn: day })),
  weighted(1, fc.record({ type: fc.constant('PlanEnquiry'), at, by, outcomesAsked: asked, words: text })),
  weighted(1, fc.record({ type: fc.constant('AskWhetherToGoOn'), at })),
  weighted(1, fc.record({ type: fc.constant('AnswerWhetherToGoOn'), at, by, goOn: fc.boolean(), reason: text })),
  weighted(8, conclusion.map((change) => aConclusion(change))),
  weighted(1, named('ReopenEnquiry')),
  weighted(1, fc.record({ type: fc.constant('SetProtectionPlan'), at, by, plan: text, reviewOn: day })),
  weighted(1, fc.record({ type: fc.constant('ReviewProtectionPlan'), at, by, outcome: review, review: text, reviewOn: day })),
  weighted(1, fc.record({ type: fc.constant('CorrectEnquiry'), at, by, reason: text, correction })),
  weighted(1, named('ProposeEnteredInError')),
  weighted(1, named('DeclineEnteredInError')),
  weighted(2, fc.record({ type: fc.constant('ConfirmEnteredInError'), at, by })),
  weighted(1, named('PlaceLegalHold')),
  weighted(2, named('LiftLegalHold')),
  weighted(4, disposal('ProposeDisposal')),
  weighted(1, named('DeclineDisposal')),
  weighted(5, disposal('ConfirmDisposal')),
);

/** The states a random life goes through, with the command that led to each. */
function life(commands: EnquiryCommand[]): { command: EnquiryCommand; before: Enquiry; after: Enquiry }[] {
  let state = enquiry.initialState;
  return commands.map((command) => {
    const before = state;
    try {
      state = enquiry.decide(command, state).reduce(enquiry.evolve, state);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
    return { command, before, after: state };
  });
}

function conclusions(state: Enquiry): EnquiryConcluded[] {
  if (state.status === 'absent') return [];
  return state.status === 'concluded' ? [...state.story.earlierConclusions, state.conclusion] : state.story.earlierConclusions;
}

const isLive = ({ status }: Enquiry): boolean => status === 'open' || status === 'allocated';

const LIFE = fc.array(command, { minLength: 25, maxLength: 50 }).map(life);

describe('whatever is asked of an enquiry', () => {
  it('none is concluded here without a named person, a finding and a decision on action', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { decidedBy, risks, action } of steps.flatMap(({ after }) => conclusions(after)).filter(({ legacy }) => !legacy)) {
          expect(decidedBy?.trim()).toBeTruthy();
          expect(risks).not.toEqual([]);
          expect(action).not.toBeNull();
        }
      }),
    );
  });

  it('what was achieved is said exactly where something was wished for', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { outcomesAsked, outcomesAchieved } of steps.flatMap(({ after }) => conclusions(after)))
          expect(outcomesAchieved !== null).toBe(outcomesAsked === 'asked_and_expressed');
      }),
    );
  });

  it('opening the concern again, and the answer to it, ends nothing', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        const asking = steps.filter(({ command }) => command.type === 'AskWhetherToGoOn' || command.type === 'AnswerWhetherToGoOn');
        for (const { before, after } of asking) expect(after.status).toBe(before.status);
      }),
    );
  });

  it('none ends but by a conclusion, a record of one or as entered in error by two people', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { command } of steps.filter(({ before, after }) => isLive(before) && !isLive(after)))
          expect(['ConcludeEnquiry', 'ImportEnquiry', 'ConfirmEnteredInError']).toContain(command.type);
        const wrong = steps.flatMap(({ after }) => (after.status === 'entered-in-error' ? [after] : []));
        for (const { proposedBy, confirmedBy } of wrong) expect(proposedBy).not.toBe(confirmedBy);
      }),
    );
  });

  it('none is disposed of but by two named people, with no hold on it, and none that goes on', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { before, command, after } of steps.filter(({ before: was, after: is }) => was.status !== 'disposed' && is.status === 'disposed')) {
          if (after.status !== 'disposed' || before.status === 'absent') throw new Error('nothing came of nothing');
          expect(new Set([after.proposedBy, after.confirmedBy]).size).toBe(2);
          expect(before.story.legalHold).toBeNull();
          expect(command).toMatchObject({ concernHeld: 'no' });
          expect(['concluded', 'entered-in-error']).toContain(before.status);
        }
      }),
    );
  });

  it('its times stay in order', () => {
    fc.assert(
      fc.property(LIFE, (steps) => {
        for (const { after } of steps) {
          const times = [
            ...(after.status === 'absent' ? [] : [after.story.openedAt]),
            ...(after.status === 'allocated' || after.status === 'concluded' ? [after.allocation.at] : []),
            ...(after.status === 'concluded' ? [after.conclusion.at] : []),
          ];
          expect(times).toEqual(times.toSorted());
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
    expect([...seen].toSorted()).toEqual(['absent', 'allocated', 'concluded', 'disposed', 'entered-in-error', 'open']);
  });
});
