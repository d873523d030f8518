import { specify } from '#libs/decider';

import { anAllocation, anEnquiry, concluded, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, words } from './an-enquiry.js';
import { enquiry, type EnquiryEvent } from './enquiry.js';

const { given } = specify(enquiry);
const opened = given(anEnquiry());
const atWork = given(anEnquiry(), anAllocation());

describe('allocating an enquiry', () => {
  const allocate = { type: 'AllocateEnquiry', at: TUESDAY, by: 'manager-1', worker: 'worker-1', team: 'community_north', openTo: [] } as const;

  it('gives it to a worker in a team', () => opened.when(allocate).then(anAllocation()));
  it('does so once', () => atWork.when(allocate).thenNothing());
  it('does not take it away from another', () => atWork.when({ ...allocate, worker: 'worker-2' }).thenRefused('enquiry/already-allocated'));
  it('needs a manager, a worker and a team', () => {
    opened.when({ ...allocate, by: ' ' }).thenRefused('enquiry/person-required');
    opened.when({ ...allocate, worker: '' }).thenRefused('enquiry/worker-required');
    opened.when({ ...allocate, team: '' }).thenRefused('enquiry/team-required');
  });
  it('cannot be dated before it was opened', () =>
    opened.when({ ...allocate, at: '2026-05-31T09:00:00.000000Z' }).thenRefused('enquiry/allocated-before-opened'));
  it('that is restricted gives it to nobody who could not open it', () => {
    opened.when({ ...allocate, openTo: ['manager-1', 'worker-1'] }).then(anAllocation());
    opened.when({ ...allocate, openTo: ['manager-1', 'worker-2'] }).thenRefused('enquiry/worker-not-named');
    atWork.when({ ...allocate, openTo: ['manager-1'] }).thenNothing();
  });
  it('needs an enquiry', () => given().when(allocate).thenRefused('enquiry/not-opened'));
  it('needs one that goes on', () => given(anEnquiry(), anAllocation(), concluded()).when(allocate).thenRefused('enquiry/already-concluded'));
});

describe('reallocating an enquiry', () => {
  const act = { type: 'ReallocateEnquiry', at: WEDNESDAY, by: 'manager-1', worker: 'worker-2', team: 'community_south', openTo: [] } as const;
  const reason = words('moved house');
  const event: EnquiryEvent = { type: 'EnquiryReallocated', at: WEDNESDAY, by: 'manager-1', worker: 'worker-2', team: 'community_south', reason };

  it('says why it changes hands', () => atWork.when({ ...act, reason }).then(event));
  it('needs that reason', () => atWork.when({ ...act, reason: null }).thenRefused('enquiry/reason-required'));
  it('needs somebody to have had it', () => opened.when({ ...act, reason }).thenRefused('enquiry/not-allocated'));
  it('that is restricted gives it to nobody who could not open it', () => {
    atWork.when({ ...act, reason, openTo: ['manager-1', 'worker-2'] }).then(event);
    atWork.when({ ...act, reason, openTo: ['manager-1', 'worker-1'] }).thenRefused('enquiry/worker-not-named');
  });
  it('keeps since when somebody has had it', () =>
    given(anEnquiry(), anAllocation(), event).when({ ...act, reason }).thenNothing());
});

describe('having another agency make the enquiry', () => {
  const act = { type: 'CauseEnquiry', at: WEDNESDAY, by: 'worker-1', agency: 'nhs', dueOn: '2026-07-01' } as const;
  const terms = { scope: words('scope'), purpose: words('purpose') };
  const caused: EnquiryEvent = { ...act, ...terms, type: 'EnquiryCaused' };
  const check = { type: 'RecordProgressCheck', at: THURSDAY, by: 'worker-1', note: words('half way'), dueOn: null } as const;

  it('says what, what for and by when', () => atWork.when({ ...act, ...terms }).then(caused));
  it('needs each of them', () => {
    atWork.when({ ...act, ...terms, scope: null }).thenRefused('enquiry/scope-required');
    atWork.when({ ...act, ...terms, purpose: null }).thenRefused('enquiry/purpose-required');
    atWork.when({ ...act, ...terms, dueOn: null }).thenRefused('enquiry/due-day-required');
  });
  it('needs a worker of the council who answers for it', () => opened.when({ ...act, ...terms }).thenRefused('enquiry/not-allocated'));
  it('is checked on, to the day agreed', () =>
    given(anEnquiry(), anAllocation(), caused)
      .when(check)
      .then({ type: 'ProgressChecked', at: THURSDAY, by: 'worker-1', note: words('half way'), dueOn: '2026-07-01' }));
  it('is not checked on where the council makes it itself', () => atWork.when(check).thenRefused('enquiry/not-caused'));
});

describe('planning an enquiry', () => {
  const plan = { type: 'PlanEnquiry', at: WEDNESDAY, by: 'worker-1' } as const;

  it('records what the person wants', () =>
    opened
      .when({ ...plan, outcomesAsked: 'asked_and_expressed', words: words('wish') })
      .then({ type: 'EnquiryPlanned', at: WEDNESDAY, by: 'worker-1', outcomesAsked: 'asked_and_expressed', words: words('wish') }));
  it('needs the wish, or why nobody asked', () => {
    opened.when({ ...plan, outcomesAsked: 'asked_and_expressed', words: null }).thenRefused('enquiry/wish-required');
    opened.when({ ...plan, outcomesAsked: 'not_asked', words: null }).thenRefused('enquiry/why-not-asked-required');
  });
  it('takes no answer that says nothing', () =>
    opened.when({ ...plan, outcomesAsked: 'not_recorded', words: null }).thenRefused('enquiry/outcomes-asked-required'));
});

describe('a concern that is opened again', () => {
  const ask = { type: 'AskWhetherToGoOn', at: WEDNESDAY } as const;
  const asked: EnquiryEvent = { type: 'WhetherToGoOnAsked', at: WEDNESDAY };
  const no = { type: 'AnswerWhetherToGoOn', at: THURSDAY, by: 'manager-1', goOn: false, reason: words('a mistake') } as const;
  const answered: EnquiryEvent = { type: 'WhetherToGoOnAnswered', at: THURSDAY, by: 'manager-1', goOn: false, reason: words('a mistake') };

  it('has a manager asked', () => atWork.when(ask).then(asked));
  it('has one asked once', () => given(anEnquiry(), anAllocation(), asked).when(ask).thenNothing());
  it('has nobody asked where there is no enquiry', () => given().when(ask).thenNothing());
  it('has the answer noted with its reason', () => given(anEnquiry(), asked).when(no).then(answered));
  it('needs the reason', () => given(anEnquiry(), asked).when({ ...no, reason: null }).thenRefused('enquiry/reason-required'));
  it('closes no enquiry, whatever the answer', () => {
    const state = [anEnquiry(), anAllocation(), asked, answered].reduce(enquiry.evolve, enquiry.initialState);
    expect(state).toMatchObject({ status: 'allocated', story: { goOnQuestion: { answer: { goOn: false } } } });
  });
  it('has no answer where nobody asked', () => atWork.when(no).thenRefused('enquiry/not-asked'));
});

describe('a protection plan', () => {
  const set = { type: 'SetProtectionPlan', at: WEDNESDAY, by: 'worker-1', plan: words('plan'), reviewOn: '2026-07-01' } as const;
  const planned: EnquiryEvent = { ...set, type: 'ProtectionPlanSet' };
  const review = { type: 'ReviewProtectionPlan', at: THURSDAY, by: 'worker-1', outcome: 'continues', review: words('r'), reviewOn: null } as const;

  it('is set with the day of its review', () => {
    atWork.when(set).then(planned);
    atWork.when({ ...set, reviewOn: null }).thenRefused('enquiry/review-day-required');
  });
  it('outlasts the enquiry', () => given(anEnquiry(), anAllocation(), concluded()).when(set).then(planned));
  it('goes on to another day, or ends', () => {
    given(anEnquiry(), planned).when(review).thenRefused('enquiry/review-day-required');
    given(anEnquiry(), planned).when({ ...review, outcome: 'ended' }).then({ ...review, outcome: 'ended', type: 'ProtectionPlanReviewed' });
  });
  it('is there before it is reviewed', () => atWork.when(review).thenRefused('enquiry/no-protection-plan'));
});

describe('putting an enquiry right', () => {
  const act = { type: 'CorrectEnquiry', at: THURSDAY, by: 'manager-1', reason: words('typing error') } as const;
  const done = given(anEnquiry(), anAllocation(), concluded());

  it('records field, value and reason', () => {
    const correction = { field: 'outcomes', value: { asked: 'asked_not_expressed', achieved: null } } as const;
    done.when({ ...act, correction }).then({ ...act, correction, type: 'EnquiryCorrected' });
    done.when({ ...act, correction, reason: null }).thenRefused('enquiry/reason-required');
  });
  it('has nothing to do where it is right', () => done.when({ ...act, correction: { field: 'concludedAt', value: WEDNESDAY } }).thenNothing());
  it('keeps the times in order', () => {
    done.when({ ...act, correction: { field: 'openedAt', value: WEDNESDAY } }).thenRefused('enquiry/allocated-before-opened');
    done.when({ ...act, correction: { field: 'concludedAt', value: MONDAY } }).thenRefused('enquiry/concluded-before-allocated');
    done.when({ ...act, correction: { field: 'concludedAt', value: '2026-06-05T09:00:00.000000Z' } }).thenRefused('enquiry/in-the-future');
  });
  it('keeps asked and achieved together', () =>
    done
      .when({ ...act, correction: { field: 'outcomes', value: { asked: 'asked_not_expressed', achieved: 'not_achieved' } } })
      .thenRefused('enquiry/outcomes-achieved-unexpected'));
  it('needs something to put right', () => {
    opened.when({ ...act, correction: { field: 'allocatedAt', value: TUESDAY } }).thenRefused('enquiry/not-allocated');
    atWork.when({ ...act, correction: { field: 'advocate', value: true } }).thenRefused('enquiry/not-concluded');
  });
});

describe('entering an enquiry in error', () => {
  const proposed: EnquiryEvent = { type: 'EnteredInErrorProposed', at: TUESDAY, by: 'worker-1', reason: words('a test') };
  const confirm = { type: 'ConfirmEnteredInError', at: WEDNESDAY, by: 'manager-1' } as const;

  it('takes a reason and two people', () => {
    opened.when({ type: 'ProposeEnteredInError', at: TUESDAY, by: 'worker-1', reason: null }).thenRefused('enquiry/reason-required');
    opened.when(confirm).thenRefused('enquiry/error-not-proposed');
    given(anEnquiry(), proposed).when({ ...confirm, by: 'worker-1' }).thenRefused('enquiry/second-person-required');
    given(anEnquiry(), proposed)
      .when(confirm)
      .then({ type: 'EnquiryEnteredInError', at: WEDNESDAY, proposedBy: 'worker-1', confirmedBy: 'manager-1', reason: words('a test') });
  });
});
