import { specify } from '#libs/decider';
import { aConcern, aTriage, MONDAY, TUESDAY, words } from './a-concern.js';
import { concern, type ConcernEvent } from './concern.js';
import { retentionOf } from './retention.js';
import { RETENTION, type RetentionRule } from './retention-rules.js';

const { given } = specify(concern);
const KEPT = { rules: RETENTION, isEnquiryGone: false, isEnquiryHeld: false };
const decided = aTriage({ outcome: 'no_further_action', notSafeguardingReason: 'care_needs_only' });
const told: ConcernEvent = { type: 'ReferrerTold', at: TUESDAY, by: 'officer-1', decision: 1, message: null };
const closed: ConcernEvent[] = [aConcern(), decided, told];
const after = (...events: ConcernEvent[]) => events.reduce(concern.evolve, concern.initialState);
const late = '2032-06-03T09:00:00.000000Z';
const act = { at: late, by: 'keeper-1' };
const basis = retentionOf(after(...closed), '2032-06-03', KEPT)!;
const proposed: ConcernEvent = { type: 'DisposalProposed', ...act, retention: basis };
const held: ConcernEvent = { type: 'LegalHoldPlaced', at: TUESDAY, by: 'keeper-1', reason: words('inquiry') };

describe('how long a concern is kept', () => {
  it('is six years from the last time that anybody dealt with it', () => {
    expect(basis).toMatchObject({ class: 'no_enquiry', version: 1, years: 6, lastContactAt: TUESDAY, dueOn: '2032-06-03' });
  });

  it('is not said while it waits for a decision, or its referrer for an answer, or where it came to an enquiry', () => {
    for (const events of [[], [aConcern()], [aConcern(), decided], [aConcern(), aTriage({ outcome: 's42_enquiry' }), told]]) expect(retentionOf(after(...events), '2040-01-01', KEPT)).toBeUndefined();
  });

  it('is as long where it came to an enquiry, and not before that is gone', () => {
    const withEnquiry = after(aConcern(), aTriage({ outcome: 's42_enquiry' }), told);
    expect(retentionOf(withEnquiry, '2040-01-01', KEPT)).toBeUndefined();
    expect(retentionOf(withEnquiry, '2040-01-01', { ...KEPT, isEnquiryGone: true })).toMatchObject({ class: 'with_enquiry', dueOn: '2032-06-03' });
    expect(retentionOf(after(...closed), '2040-01-01', { ...KEPT, isEnquiryGone: true })).toMatchObject({ class: 'no_enquiry' });
  });

  it('counts from whatever is done with it, and not from what follows from other records or from its retention', () => {
    const later = (event: ConcernEvent) => retentionOf(after(...closed, event), '2040-01-01', KEPT)!.lastContactAt;
    expect(later({ type: 'MoreAnswered', at: '2027-01-01T09:00:00.000000Z', by: null, what: [], answer: words('answer') })).toBe('2027-01-01T09:00:00.000000Z');
    expect(later({ type: 'MoreAnswered', at: MONDAY, by: null, what: [], answer: words('answer') })).toBe(TUESDAY);
    expect(later({ type: 'PersonIdentified', at: late, personId: 'p1', personSequence: 1, ageBand: '18-64' })).toBe(TUESDAY);
    expect(later({ ...held, at: late })).toBe(TUESDAY);
  });

  it('follows the rule that is in force on the day that it is asked', () => {
    const own: RetentionRule = { class: 'no_enquiry', version: 2, source: 'the council', effectiveFrom: '2030-01-01', trigger: 'last_contact', years: 10 };
    const rules = [own, ...RETENTION];
    expect(retentionOf(after(...closed), '2029-12-31', { ...KEPT, rules })).toMatchObject({ years: 6 });
    expect(retentionOf(after(...closed), '2030-01-01', { ...KEPT, rules })).toMatchObject({ years: 10, dueOn: '2036-06-03' });
    expect(retentionOf(after(...closed), '2040-01-01', { ...KEPT, rules: [] })).toBeUndefined();
  });
});

describe('disposing of a concern', () => {
  const propose = { type: 'ProposeDisposal', ...act, ...KEPT } as const;
  const confirm = { type: 'ConfirmDisposal', at: late, by: 'keeper-2', ...KEPT } as const;

  it('is proposed by one person, once its time has come', () => {
    given(...closed).when(propose).then(proposed);
    given(...closed).when({ ...propose, at: '2032-06-02T22:59:59.000000Z' }).thenRefused('concern/not-due');
    given(...closed).when({ ...propose, by: ' ' }).thenRefused('concern/person-required');
  });

  it('is said once, and by one alone', () => {
    given(...closed, proposed).when(propose).thenNothing();
    given(...closed, proposed).when({ ...propose, by: 'keeper-2' }).thenRefused('concern/disposal-already-proposed');
  });

  it('is confirmed by a second', () => {
    given(...closed, proposed).when(confirm).then({ type: 'ConcernDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis });
    given(...closed, proposed).when({ ...confirm, by: 'keeper-1' }).thenRefused('concern/second-person-required');
    given(...closed).when(confirm).thenRefused('concern/disposal-not-proposed');
  });

  it('says whom it was about, where that was known, so that who they are can go too', () => {
    const identified: ConcernEvent = { type: 'PersonIdentified', at: MONDAY, personId: 'person-1', personSequence: 1, ageBand: '75-84' };
    given(...closed, identified, proposed).when(confirm).then({ type: 'ConcernDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis, personId: 'person-1' });
  });

  it('is declined with a reason', () => {
    given(...closed, proposed).when({ type: 'DeclineDisposal', ...act, reason: words('needed') }).then({ type: 'DisposalDeclined', ...act, reason: words('needed') });
    given(...closed, proposed).when({ type: 'DeclineDisposal', ...act, reason: null }).thenRefused('concern/reason-required');
    given(...closed).when({ type: 'DeclineDisposal', ...act, reason: words('needed') }).thenNothing();
  });

  it('is not done while somebody needs it to be kept, and a proposal from before is gone', () => {
    given(...closed, held).when(propose).thenRefused('concern/on-hold');
    given(...closed, proposed, held).when(confirm).thenRefused('concern/disposal-not-proposed');
    given(...closed, held).when({ type: 'LiftLegalHold', ...act, reason: words('over') }).then({ type: 'LegalHoldLifted', ...act, reason: words('over') });
    given(...closed, held, { type: 'LegalHoldLifted', ...act, reason: words('over') }).when(propose).then(proposed);
  });

  it('is not done while its enquiry is on hold', () => {
    given(...closed).when({ ...propose, isEnquiryHeld: true }).thenRefused('concern/held-with');
    given(...closed, proposed).when({ ...confirm, isEnquiryHeld: true }).thenRefused('concern/held-with');
  });

  it('needs a reason to be held up, and to go on', () => {
    given(...closed).when({ type: 'PlaceLegalHold', ...act, reason: null }).thenRefused('concern/reason-required');
    given(...closed, held).when({ type: 'PlaceLegalHold', ...act, reason: words('again') }).thenNothing();
    given(...closed, held).when({ type: 'LiftLegalHold', ...act, reason: null }).thenRefused('concern/reason-required');
    given(...closed).when({ type: 'LiftLegalHold', ...act, reason: words('over') }).thenNothing();
  });

  it('is proposed anew where somebody dealt with it meanwhile', () => {
    const answered: ConcernEvent = { type: 'MoreAnswered', at: late, by: 'officer-1', what: [], answer: words('answer') };
    given(...closed, proposed, answered).when(confirm).thenRefused('concern/disposal-not-proposed');
    given(...closed, proposed, answered).when(propose).thenRefused('concern/not-due');
  });

  it('is proposed anew where somebody restricted it, opened it or broke the glass meanwhile, which is no contact', () => {
    const restricted = (by: string | null): ConcernEvent => ({ type: 'ConcernRestricted', at: late, by, names: ['officer-1'], why: 'staff_as_subject', reason: null });
    const lifted: ConcernEvent = { type: 'RestrictionLifted', at: late, by: 'manager-1', reason: words('over') };
    const broken: ConcernEvent = { type: 'GlassBroken', at: late, by: 'officer-2', until: late, reason: words('urgent') };
    for (const event of [restricted('manager-1'), lifted, broken]) {
      given(...closed, proposed, event).when(confirm).thenRefused('concern/disposal-not-proposed');
      given(...closed, proposed, event).when(propose).then(proposed);
    }
    expect(after(...closed, proposed, restricted(null))).toMatchObject({ story: { disposalProposal: { by: 'keeper-1' } } });
  });

  it('is for what was decided or entered in error, and never for what waits', () => {
    const wrong: ConcernEvent = { type: 'ConcernEnteredInError', at: TUESDAY, proposedBy: 'officer-1', confirmedBy: 'officer-2', reason: words('twice') };
    given(aConcern()).when(propose).thenRefused('concern/no-retention');
    given(aConcern(), decided).when(propose).thenRefused('concern/no-retention');
    given(aConcern(), aTriage({ outcome: 's42_enquiry' }), told).when(propose).thenRefused('concern/no-retention');
    expect(retentionOf(after(aConcern(), wrong), '2032-06-03', KEPT)).toMatchObject({ class: 'entered_in_error', dueOn: '2032-06-03' });
    given().when(propose).thenRefused('concern/not-received');
  });

  it('leaves what was decided in codes, and nobody', () => {
    const done: ConcernEvent = { type: 'ConcernDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis };
    const known: ConcernEvent = { type: 'PersonIdentified', at: TUESDAY, personId: 'p1', personSequence: 1, ageBand: '18-64' };
    const left = after(aConcern(), known, decided, told, proposed, done);
    expect(left).toMatchObject({ status: 'disposed', retention: basis, story: { reference: 'SC-0001', personId: null, ageBand: null, wishes: null, assignedTo: null, earlierDecisions: [{ outcome: 'no_further_action' }] } });
    given(...closed, proposed, done).when(confirm).thenNothing();
    given(...closed, proposed, done).when({ type: 'IdentifyPerson', at: late, personId: 'p2', personSequence: 2, ageBand: '18-64' }).thenNothing();
    given(...closed, proposed, done).when({ type: 'ReopenConcern', ...act, reason: words('again') }).thenRefused('concern/disposed');
    given(...closed, proposed, done).when({ type: 'PlaceLegalHold', ...act, reason: words('inquiry') }).thenRefused('concern/disposed');
  });

  it('leaves a second look that was given to be counted, and none that is owed', () => {
    const drawn: ConcernEvent = { type: 'SecondLookDrawn', at: TUESDAY, decision: 1 };
    const look: ConcernEvent = { type: 'SecondLookGiven', at: TUESDAY, by: 'officer-2', decision: 1, limbs: decided.limbs, outcome: 'no_further_action', reason: words('again') };
    const done: ConcernEvent = { type: 'ConcernDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis };
    expect(after(aConcern(), decided, drawn, told, proposed, done)).toMatchObject({ story: { secondLooks: [] } });
    expect(after(aConcern(), decided, drawn, look, told, proposed, done)).toMatchObject({ story: { secondLooks: [{ decision: 1, given: { outcome: 'no_further_action' } }] } });
    const wrong: ConcernEvent = { type: 'ConcernEnteredInError', at: TUESDAY, proposedBy: 'officer-1', confirmedBy: 'officer-2', reason: words('twice') };
    expect(after(aConcern(), decided, drawn, look, told, wrong, done)).toMatchObject({ story: { secondLooks: [] } });
  });
});
