import { specify } from '#libs/decider';
import { aLegacyEnquiry, anAllocation, anEnquiry, concluded, THURSDAY, WEDNESDAY, words } from './an-enquiry.js';
import { enquiry, type EnquiryEvent } from './enquiry.js';
import { retentionOf } from './retention.js';
import { RETENTION, type RetentionRule } from './retention-rules.js';

const { given } = specify(enquiry);
const closed: EnquiryEvent[] = [anEnquiry(), anAllocation(), concluded()];
const after = (...events: EnquiryEvent[]) => events.reduce(enquiry.evolve, enquiry.initialState);
const late = '2032-06-04T09:00:00.000000Z';
const act = { at: late, by: 'keeper-1' };
const basis = retentionOf(after(...closed), '2032-06-04', RETENTION)!;
const proposed: EnquiryEvent = { type: 'DisposalProposed', ...act, retention: basis };
const held: EnquiryEvent = { type: 'LegalHoldPlaced', at: THURSDAY, by: 'keeper-1', reason: words('inquiry') };
const wrong: EnquiryEvent = { type: 'EnquiryEnteredInError', at: THURSDAY, proposedBy: 'worker-1', confirmedBy: 'worker-2', reason: words('twice') };
const asked: EnquiryEvent = { type: 'WhetherToGoOnAsked', at: THURSDAY };
const plan: EnquiryEvent = { type: 'ProtectionPlanSet', at: THURSDAY, by: 'worker-1', plan: words('plan'), reviewOn: '2026-09-01' };
const disposed: EnquiryEvent = { type: 'EnquiryDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis };

describe('how long an enquiry is kept', () => {
  it('is six years from the last time that anybody dealt with it', () => {
    expect(basis).toMatchObject({ class: 'enquiry', version: 1, years: 6, lastContactAt: WEDNESDAY, dueOn: '2032-06-04' });
  });

  it('is not said while it goes on, while it is asked whether it does, or while its plan keeps somebody safe', () => {
    const going: EnquiryEvent[][] = [[], [anEnquiry()], [anEnquiry(), anAllocation()], [...closed, asked], [...closed, plan], [...closed, { type: 'EnquiryReopened', at: THURSDAY, by: 'manager-1', reason: words('more') }]];
    for (const events of going) expect(retentionOf(after(...events), '2040-01-01', RETENTION)).toBeUndefined();
    const answered: EnquiryEvent = { type: 'WhetherToGoOnAnswered', at: THURSDAY, by: 'manager-1', goOn: false, reason: words('done') };
    const ended: EnquiryEvent = { type: 'ProtectionPlanReviewed', at: THURSDAY, by: 'worker-1', outcome: 'ended', review: words('safe'), reviewOn: null };
    for (const events of [[...closed, asked, answered], [...closed, plan, ended]]) expect(retentionOf(after(...events), '2040-01-01', RETENTION)).toMatchObject({ lastContactAt: THURSDAY });
  });

  it('is as long where it was entered in error, by a rule of its own', () => {
    expect(retentionOf(after(anEnquiry(), wrong), '2040-01-01', RETENTION)).toMatchObject({ class: 'entered_in_error', lastContactAt: THURSDAY });
  });

  it('is not said of one entered in error whose plan keeps somebody safe, until that is ended', () => {
    const end = { type: 'ReviewProtectionPlan', at: THURSDAY, by: 'worker-1', outcome: 'ended', review: words('safe'), reviewOn: null } as const;
    const ended: EnquiryEvent = { ...end, type: 'ProtectionPlanReviewed' };
    expect(retentionOf(after(anEnquiry(), plan, wrong), '2040-01-01', RETENTION)).toBeUndefined();
    given(anEnquiry(), plan, wrong).when(end).then(ended);
    given(anEnquiry(), plan, wrong).when({ ...end, outcome: 'continues', reviewOn: '2026-12-01' }).thenRefused('enquiry/entered-in-error');
    expect(retentionOf(after(anEnquiry(), plan, wrong, ended), '2040-01-01', RETENTION)).toMatchObject({ class: 'entered_in_error' });
  });

  it('waits for nothing that nobody may end: a plan is ended before its enquiry is called an error', () => {
    const doubted: EnquiryEvent = { type: 'EnteredInErrorProposed', at: THURSDAY, by: 'worker-1', reason: words('twice') };
    given(anEnquiry(), plan).when({ type: 'ProposeEnteredInError', at: THURSDAY, by: 'worker-1', reason: words('twice') }).thenRefused('enquiry/protection-plan-runs');
    given(anEnquiry(), doubted, plan).when({ type: 'ConfirmEnteredInError', at: THURSDAY, by: 'worker-2' }).thenRefused('enquiry/protection-plan-runs');
  });

  it('counts from the end of an imported one, and not from what its retention brings about', () => {
    const [imported] = [aLegacyEnquiry({ at: '2015-01-01T09:00:00.000000Z', allocatedAt: '2015-01-02T09:00:00.000000Z', concludedAt: '2015-02-01T09:00:00.000000Z' })];
    const elsewhere = enquiry.decide(imported, enquiry.initialState);
    expect(retentionOf(after(...elsewhere), '2040-01-01', RETENTION)).toMatchObject({ lastContactAt: '2015-02-01T09:00:00.000000Z' });
    expect(retentionOf(after(...closed, { ...held, at: late }), '2040-01-01', RETENTION)).toMatchObject({ lastContactAt: WEDNESDAY });
  });

  it('counts from the end that an old record tells where it was concluded here before', () => {
    const elsewhere = enquiry.decide(aLegacyEnquiry({ concludedAt: '2027-01-01T09:00:00.000000Z' }), after(...closed));
    expect(retentionOf(after(...closed, ...elsewhere), '2040-01-01', RETENTION)).toMatchObject({ lastContactAt: '2027-01-01T09:00:00.000000Z' });
  });

  it('follows the rule that is in force on the day that it is asked', () => {
    const own: RetentionRule = { class: 'enquiry', version: 2, source: 'the council', effectiveFrom: '2030-01-01', trigger: 'last_contact', years: 10 };
    expect(retentionOf(after(...closed), '2029-12-31', [own, ...RETENTION])).toMatchObject({ years: 6 });
    expect(retentionOf(after(...closed), '2030-01-01', [own, ...RETENTION])).toMatchObject({ years: 10, dueOn: '2036-06-04' });
    expect(retentionOf(after(...closed), '2040-01-01', [])).toBeUndefined();
  });
});

describe('disposing of an enquiry', () => {
  const propose = { type: 'ProposeDisposal', ...act, rules: RETENTION, concernHeld: 'no' } as const;
  const confirm = { type: 'ConfirmDisposal', at: late, by: 'keeper-2', rules: RETENTION, concernHeld: 'no' } as const;

  it('is proposed by one person, once its time has come', () => {
    given(...closed).when(propose).then(proposed);
    given(...closed).when({ ...propose, at: '2032-06-03T22:59:59.000000Z' }).thenRefused('enquiry/not-due');
    given(...closed).when({ ...propose, by: ' ' }).thenRefused('enquiry/person-required');
    given(...closed, proposed).when(propose).thenNothing();
    given(...closed, proposed).when({ ...propose, by: 'keeper-2' }).thenRefused('enquiry/disposal-already-proposed');
  });

  it('is confirmed by a second', () => {
    given(...closed, proposed).when(confirm).then(disposed);
    given(...closed, proposed).when({ ...confirm, by: 'keeper-1' }).thenRefused('enquiry/second-person-required');
    given(...closed).when(confirm).thenRefused('enquiry/disposal-not-proposed');
  });

  it('is declined with a reason', () => {
    given(...closed, proposed).when({ type: 'DeclineDisposal', ...act, reason: words('needed') }).then({ type: 'DisposalDeclined', ...act, reason: words('needed') });
    given(...closed, proposed).when({ type: 'DeclineDisposal', ...act, reason: null }).thenRefused('enquiry/reason-required');
    given(...closed).when({ type: 'DeclineDisposal', ...act, reason: words('needed') }).thenNothing();
  });

  it('is not done while somebody needs it to be kept, and a proposal from before is gone', () => {
    given(...closed, held).when(propose).thenRefused('enquiry/on-hold');
    given(...closed, proposed, held).when(confirm).thenRefused('enquiry/disposal-not-proposed');
    given(...closed, held).when({ type: 'PlaceLegalHold', ...act, reason: words('again') }).thenNothing();
    given(...closed).when({ type: 'PlaceLegalHold', ...act, reason: null }).thenRefused('enquiry/reason-required');
    given(...closed, held).when({ type: 'LiftLegalHold', ...act, reason: null }).thenRefused('enquiry/reason-required');
    given(...closed, held, { type: 'LegalHoldLifted', ...act, reason: words('over') }).when(propose).then(proposed);
    given(anEnquiry()).when({ type: 'PlaceLegalHold', ...act, reason: words('inquiry') }).then({ type: 'LegalHoldPlaced', ...act, reason: words('inquiry') });
  });

  it('is not done while its concern is on hold, or while nobody can say whether it is', () => {
    for (const [concernHeld, code] of [['yes', 'enquiry/held-with'], ['not_known', 'enquiry/hold-not-known']] as const) {
      given(...closed).when({ ...propose, concernHeld }).thenRefused(code);
      given(...closed, proposed).when({ ...confirm, concernHeld }).thenRefused(code);
    }
  });

  it('is held still where it is opened again after it was entered in error', () => {
    const again = anEnquiry({ at: late, decision: 2 });
    for (const events of [[anEnquiry(), held, wrong], [anEnquiry(), wrong, held]]) expect(after(...events, again)).toMatchObject({ status: 'open', story: { legalHold: { by: 'keeper-1', at: THURSDAY, reason: words('inquiry') } } });
    expect(after(anEnquiry(), held, { type: 'LegalHoldLifted', ...act, reason: words('over') }, wrong, again)).toMatchObject({ story: { legalHold: null } });
    given(anEnquiry(), wrong, held, again, anAllocation(), concluded()).when(propose).thenRefused('enquiry/on-hold');
  });

  it('is proposed anew where somebody dealt with it meanwhile, and not while its concern is opened again', () => {
    const corrected: EnquiryEvent = { type: 'EnquiryCorrected', at: late, by: 'worker-1', correction: { field: 'conductedBy', value: 'nhs' }, reason: words('wrong') };
    given(...closed, proposed, corrected).when(confirm).thenRefused('enquiry/disposal-not-proposed');
    given(...closed, proposed, corrected).when(propose).thenRefused('enquiry/not-due');
    given(...closed, proposed, asked).when(confirm).thenRefused('enquiry/no-retention');
  });

  it('is never for what goes on, and for nothing that is not there', () => {
    given(anEnquiry(), anAllocation()).when(propose).thenRefused('enquiry/no-retention');
    given().when(propose).thenRefused('enquiry/not-opened');
  });

  it('leaves what was found in codes, and nobody who had it', () => {
    expect(after(...closed, proposed, disposed)).toMatchObject({
      status: 'disposed', retention: basis, story: { reference: 'SE-0001', caused: null, plan: null, allocationInWords: null, earlierConclusions: [{ outcomesAchieved: 'fully_achieved' }] },
    });
    expect(after(...closed, proposed, disposed)).not.toHaveProperty('allocation');
    const gone = [...closed, proposed, disposed];
    given(...gone).when(confirm).thenNothing();
    given(...gone).when({ type: 'AskWhetherToGoOn', at: late }).thenNothing();
    given(...gone).when(aLegacyEnquiry()).thenNothing();
    given(...gone).when({ type: 'ReopenEnquiry', ...act, reason: words('again') }).thenRefused('enquiry/disposed');
    given(...gone).when({ type: 'PlaceLegalHold', ...act, reason: words('inquiry') }).thenRefused('enquiry/disposed');
  });

  it('ends no duty: another decision on its concern opens it again, and one that came before does not', () => {
    const gone = [...closed, proposed, disposed];
    const { at, concernId, kind, reference, legacy } = anEnquiry();
    given(...gone).when({ type: 'OpenEnquiry', at, concernId, kind, reference, legacy, decision: 1 }).thenNothing();
    given(...gone).when({ type: 'OpenEnquiry', at: late, concernId, kind, reference, legacy, decision: 2 }).then(anEnquiry({ at: late, decision: 2 }));
    expect(after(...gone, anEnquiry({ at: late, decision: 2 }))).toMatchObject({ status: 'open', story: { decisions: [1, 2], lastContactAt: late } });
  });
});
