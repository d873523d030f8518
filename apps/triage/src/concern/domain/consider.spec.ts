import { specify } from '#libs/decider';

import { aConcern, aDecision, aTriage, limbs, MONDAY, reopened, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { NOTHING_SAID } from './circumstances.js';
import { concern, type ConcernEvent, type ConsiderLimbs, type LimbsConsidered } from './concern.js';

const { given } = specify(concern);
const unanswered = { answer: null, reason: null };
const nothing = { needs: unanswered, risk: unanswered, unable: unanswered };
const soFar = { ...nothing, needs: { answer: 'yes', reason: words('frail') }, risk: { answer: 'cannot_yet_tell', reason: words('nobody has seen her') } } as const;
const considering = (change: Partial<ConsiderLimbs> = {}): ConsiderLimbs => ({
  type: 'ConsiderLimbs', at: TUESDAY, by: 'officer-1', limbs: soFar, circumstances: NOTHING_SAID, wishes: null, leaning: null, ask: null, ...change,
});
const considered = (change: Partial<LimbsConsidered> = {}): LimbsConsidered => ({
  type: 'LimbsConsidered', at: TUESDAY, by: 'officer-1', limbs: soFar, circumstances: NOTHING_SAID, ...change,
});

describe('judging a concern that cannot be decided yet', () => {
  it('keeps what can be told so far, with its reasons', () => given(aConcern()).when(considering()).then(considered()));
  it('decides nothing and stops no clock', () =>
    expect([aConcern(), considered()].reduce(concern.evolve, concern.initialState)).toMatchObject({
      status: 'awaiting-triage', clocksFrom: MONDAY, story: { considered: considered() },
    }));
  it('needs a reason for every answer', () =>
    given(aConcern()).when(considering({ limbs: { ...soFar, unable: { answer: 'cannot_yet_tell', reason: null } } })).thenRefused('concern/limb-reason-required'));
  it('needs an answer for every reason', () =>
    given(aConcern()).when(considering({ limbs: { ...soFar, unable: { answer: null, reason: words('bedbound') } } })).thenRefused('concern/limb-answer-required'));
  it('needs a named person', () => given(aConcern()).when(considering({ by: ' ' })).thenRefused('concern/person-required'));
  it('needs anything at all', () => given(aConcern()).when(considering({ limbs: nothing })).thenRefused('concern/nothing-considered'));
  it('keeps how the person stands too, whole', () => {
    const circumstances = { ...NOTHING_SAID, protection: { answer: 'taken', words: words('moved') } } as const;
    given(aConcern()).when(considering({ limbs: nothing, circumstances })).then(considered({ limbs: nothing, circumstances }));
    given(aConcern())
      .when(considering({ circumstances: { ...circumstances, protection: { answer: 'taken', words: null } } }))
      .thenRefused('concern/protection-words-required');
  });
  it('asks for what is needed, and keeps what the person wants, in one go', () =>
    given(aConcern())
      .when(considering({ at: MONDAY, wishes: { answer: 'asked_and_expressed', words: words('to stay at home') }, ask: { what: ['when_it_happened'], message: words('rang') } }))
      .then(wishesKnown, considered({ at: MONDAY }), { type: 'MoreAskedFor', at: MONDAY, by: 'officer-1', what: ['when_it_happened'], message: words('rang') }));
  it('keeps what is written of the decision, whole or not, and decides nothing by it', () => {
    const leaning = { outcome: 'no_further_action', reason: words('a page of reasons'), otherEnquiryReason: words('why'), notSafeguardingReason: null, furtherRoutes: ['review'], sarReferral: true } as const;
    const kept = { ...leaning, furtherRoutes: [...leaning.furtherRoutes] };
    given(aConcern()).when(considering({ limbs: nothing, leaning: kept })).then(considered({ limbs: nothing, leaning: kept }));
    given(aConcern(), considered({ leaning: kept })).when(considering({ leaning: { ...kept, reason: { ...words('a page of reasons'), textId: 'another' } } })).thenNothing();
    given(aConcern(), considered({ leaning: kept })).when(considering()).then(considered());
    expect([aConcern(), considered({ leaning: kept })].reduce(concern.evolve, concern.initialState)).toMatchObject({ status: 'awaiting-triage', clocksFrom: MONDAY });
  });
  it('says what it asks for', () => given(aConcern()).when(considering({ ask: { what: [], message: null } })).thenRefused('concern/question-required'));
  it('is repeated without harm, in whatever order its parts come back', () => {
    const { needs, risk, unable } = soFar;
    given(aConcern(), considered({ limbs: { unable, risk, needs: { reason: { ...words('frail'), textId: 'another' }, answer: needs.answer } } })).when(considering()).thenNothing();
  });
  it('is put aside by what is told later', () => {
    const later = { ...soFar, risk: { answer: 'yes', reason: words('bruises') } } as const;
    given(aConcern(), considered()).when(considering({ at: WEDNESDAY, limbs: later })).then(considered({ at: WEDNESDAY, limbs: later }));
  });
});

describe('a decision after that', () => {
  const before: ConcernEvent[] = [aConcern(), wishesKnown, considered()];
  it('is made on its own answers', () => given(...before).when(aDecision()).then(aTriage()));
  it('waits until each can be told', () =>
    given(...before).when(aDecision({ limbs: limbs('yes', 'cannot_yet_tell', 'yes') })).thenRefused('concern/limb-undecided'));
  it('ends it, also where the concern is opened again', () => {
    expect([...before, aTriage(), reopened].reduce(concern.evolve, concern.initialState)).toMatchObject({ story: { considered: null } });
    given(...before, aTriage()).when(considering()).thenRefused('concern/not-awaiting-triage');
    given(...before, aTriage(), reopened).when(considering({ at: WEDNESDAY })).then(considered({ at: WEDNESDAY }));
  });
  it('is not possible of a concern that is not there', () => given().when(considering()).thenRefused('concern/not-received'));
});
