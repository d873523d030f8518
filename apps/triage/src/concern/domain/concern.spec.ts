import { specify } from '#libs/decider';

import { aConcern, aLegacyConcern, aReceipt, aTriage, MONDAY, reopened, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { concern, type ConcernEvent } from './concern.js';
import { legacyLimbs } from './three-limbs.js';

const { given } = specify(concern);

describe('receiving a concern', () => {
  it('takes it', () => given().when(aReceipt()).then(aConcern()));
  it('takes it with next to nothing known, and lists what to chase', () =>
    given()
      .when(aReceipt({ abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null, hasContact: false, missing: ['person_name', 'consent'] }))
      .then(
        aConcern({
          abuseTypes: [],
          locationType: null,
          sourceOfRisk: null,
          immediateRisk: null,
          hasContact: false,
          toChase: ['person_name', 'consent', 'abuse_types', 'location_type', 'source_of_risk', 'immediate_risk', 'referrer_contact'],
        }),
      ));
  it('needs a worry', () => given().when(aReceipt({ hasWorry: false })).thenRefused('concern/worry-required'));
  it('takes it once', () => given(aConcern()).when(aReceipt()).thenNothing());
});

describe('importing a concern from another system', () => {
  const decision = {
    at: TUESDAY,
    outcome: 's42_enquiry',
    limbs: legacyLimbs({ needs: 'yes', risk: null, unable: null }),
    reason: null,
    decidedByInWords: words('decided by'),
    notSafeguardingReason: null,
  } as const;
  const { type: _command, ...undecided } = aLegacyConcern();
  const imported: ConcernEvent = { ...undecided, type: 'ConcernImported' };
  const after = (event: ConcernEvent) => concern.evolve(concern.initialState, event);

  it('leaves an undecided one to be triaged', () => {
    given().when(aLegacyConcern()).then(imported);
    expect(after(imported)).toMatchObject({ status: 'awaiting-triage', clocksFrom: MONDAY, story: { legacy: true, personId: 'person-1' } });
  });
  it('takes one whose person is not known', () => given().when(aLegacyConcern({ person: null })).then({ ...imported, person: null }));
  it('notes a decision as one made elsewhere', () => {
    given().when(aLegacyConcern({ decision })).then({ ...imported, decision });
    expect(after({ ...imported, decision })).toMatchObject({ status: 'triaged', decision: { decision: 1, decidedBy: null, legacy: true }, feedback: 'not_known' });
  });
  it('does so once', () => given(imported).when(aLegacyConcern({ decision })).thenNothing());
  it('refuses a section 42 enquiry where a limb is no', () =>
    given()
      .when(aLegacyConcern({ decision: { ...decision, limbs: legacyLimbs({ needs: 'yes', risk: 'no', unable: null }) } }))
      .thenRefused('concern/limbs-exclude-s42-enquiry'));
  it('refuses a decision from before the receipt', () =>
    given().when(aLegacyConcern({ at: WEDNESDAY, decision })).thenRefused('concern/decided-before-received'));
});

describe('finding out who a concern is about', () => {
  const identify = { type: 'IdentifyPerson', at: TUESDAY, personId: 'person-2', personSequence: 3, ageBand: '65-74' } as const;
  const identified: ConcernEvent = { type: 'PersonIdentified', at: TUESDAY, personId: 'person-2', personSequence: 3, ageBand: '65-74' };

  it('is noted', () => given(aConcern()).when(identify).then(identified));
  it('is noted once', () => given(aConcern(), identified).when(identify).thenNothing());
  it('goes by the latest word', () =>
    given(aConcern(), { ...identified, personId: 'person-1' }).when(identify).then(identified));
  it('keeps to a later word on the same person', () =>
    given(aConcern(), identified).when({ ...identify, personSequence: 2, ageBand: '75-84' }).thenNothing());
  it('is noted after the decision too', () => given(aConcern(), wishesKnown, aTriage()).when(identify).then(identified));
  it('is noted where the concern was entered in error before, so that they can be let go with it', () => {
    const inError: ConcernEvent[] = [{ type: 'EnteredInErrorProposed', at: TUESDAY, by: 'officer-1', reason: words('a test') }, { type: 'ConcernEnteredInError', at: WEDNESDAY, proposedBy: 'officer-1', confirmedBy: 'manager-1', reason: words('a test') }];
    given(aConcern(), ...inError).when({ ...identify, restrictedTo: ['officer-1'] }).then(identified);
    given(aConcern(), ...inError, identified).when(identify).thenNothing();
  });
  it('cannot be done before the concern is received', () => given().when(identify).thenRefused('concern/not-received'));
});

describe('saying who has a concern', () => {
  const give = { type: 'AssignConcern', at: TUESDAY, by: 'manager-1', to: 'officer-1' } as const;
  const has = (to: string | null): ConcernEvent => ({ type: 'ConcernAssigned', at: TUESDAY, by: 'manager-1', to });
  it('gives it to somebody, to another, and back', () => {
    given(aConcern()).when(give).then(has('officer-1'));
    given(aConcern(), has('officer-1')).when({ ...give, to: 'officer-2' }).then(has('officer-2'));
    given(aConcern(), has('officer-1')).when({ ...give, to: null }).then(has(null));
  });
  it('is repeated without harm', () => given(aConcern(), has('officer-1')).when(give).thenNothing());
  it('is done by somebody', () => given(aConcern()).when({ ...give, by: '' }).thenRefused('concern/person-required'));
  it('ends with the decision, and begins anew when it is opened again', () => {
    given(aConcern(), has('officer-1'), wishesKnown, aTriage()).when(give).thenRefused('concern/not-awaiting-triage');
    given(aConcern(), has('officer-1'), wishesKnown, aTriage(), reopened).when(give).then(has('officer-1'));
  });
});

describe('chasing what is missing', () => {
  const incomplete = aConcern({ toChase: ['person_address', 'consent'] });
  const ask = { type: 'AskForMore', at: TUESDAY, by: 'officer-1', what: ['when_it_happened'], message: words('rang the daughter') } as const;
  const answer = { type: 'AnswerMore', at: TUESDAY, by: null, what: ['consent', 'wishes'], answer: words('answer') } as const;
  it('keeps whether the person knows and agrees as the answer that it is, also when it is told once more', () => {
    const told = { ...answer, what: ['consent' as const], consent: 'no' } as const;
    const kept = { type: 'MoreAnswered', at: TUESDAY, by: null, what: ['consent' as const], answer: words('answer'), consent: 'no' } as const;
    given(aConcern({ toChase: ['consent'] })).when({ ...told, what: [...told.what] }).then({ ...kept, what: [...kept.what] });
    given(aConcern()).when({ ...told, what: [...told.what], answer: null }).then({ ...kept, what: [], answer: null });
  });

  it('asks for more', () =>
    given(incomplete)
      .when({ ...ask, what: ['when_it_happened'] })
      .then({ type: 'MoreAskedFor', at: TUESDAY, by: 'officer-1', what: ['when_it_happened'], message: words('rang the daughter') }));
  it('stops no clock by asking', () => {
    const asked: ConcernEvent = { type: 'MoreAskedFor', at: TUESDAY, by: 'officer-1', what: ['consent'], message: null };
    const state = [incomplete, asked].reduce(concern.evolve, concern.initialState);
    expect(state).toMatchObject({ status: 'awaiting-triage', clocksFrom: MONDAY });
  });
  it('needs to say whom', () => given(incomplete).when({ ...ask, what: ['consent'], message: null }).thenRefused('concern/asking-unsaid'));
  it('needs a question', () => given(incomplete).when({ ...ask, what: [] }).thenRefused('concern/question-required'));
  it('strikes off what is answered', () =>
    given(incomplete)
      .when({ ...answer, what: ['consent', 'wishes'] })
      .then({ type: 'MoreAnswered', at: TUESDAY, by: null, what: ['consent'], answer: words('answer') }));
  it('has nothing to do where nothing is answered', () =>
    given(incomplete).when({ ...answer, what: ['wishes'], answer: null }).thenNothing());
  it('asks nothing of a decided concern', () =>
    given(incomplete, aTriage())
      .when({ ...ask, what: ['consent'] })
      .thenRefused('concern/not-awaiting-triage'));
});

describe("recording the person's wishes", () => {
  const record = { type: 'RecordWishes', at: MONDAY, by: 'officer-1' } as const;

  it('records what they want', () =>
    given(aConcern({ toChase: ['wishes'] })).when({ ...record, wishes: { answer: 'asked_and_expressed', words: words('to stay at home') } }).then(wishesKnown));
  it('needs the wish itself', () =>
    given(aConcern()).when({ ...record, wishes: { answer: 'asked_and_expressed', words: null } }).thenRefused('concern/wish-required'));
  it('needs the reason why nobody asked', () =>
    given(aConcern()).when({ ...record, wishes: { answer: 'not_asked', words: null } }).thenRefused('concern/why-not-asked-required'));
  it('tells that nobody could ask from nobody having asked, and needs the reason of both', () => {
    const wishes = { answer: 'could_not_ask', words: words('unconscious') } as const;
    given(aConcern(), wishesKnown).when({ ...record, wishes }).then({ type: 'WishesRecorded', at: MONDAY, by: 'officer-1', wishes });
    given(aConcern()).when({ ...record, wishes: { ...wishes, words: null } }).thenRefused('concern/why-not-asked-required');
  });
  it('takes it that somebody was asked and wished for nothing', () =>
    given(aConcern())
      .when({ ...record, wishes: { answer: 'asked_not_expressed', words: null } })
      .then({ type: 'WishesRecorded', at: MONDAY, by: 'officer-1', wishes: { answer: 'asked_not_expressed', words: null } }));
});

describe('putting a concern right', () => {
  const act = { type: 'CorrectConcern', at: WEDNESDAY, by: 'officer-1', reason: words('typing error') } as const;
  const correction = { field: 'locationType', value: 'care_home_nursing' } as const;

  it('needs a reason', () => given(aConcern()).when({ ...act, correction, reason: null }).thenRefused('concern/reason-required'));
  it('records the field, the value and the reason', () =>
    given(aConcern())
      .when({ ...act, correction })
      .then({ type: 'ConcernCorrected', at: WEDNESDAY, by: 'officer-1', correction, reason: words('typing error') }));
  it('has nothing to do where it is right already', () =>
    given(aConcern()).when({ ...act, correction: { field: 'abuseTypes', value: ['physical', 'physical'] } }).thenNothing());
  it('strikes off the list to chase what it fills in', () => {
    const event: ConcernEvent = { type: 'ConcernCorrected', at: WEDNESDAY, by: 'officer-1', correction, reason: words('found') };
    const state = [aConcern({ toChase: ['location_type', 'consent'] }), event].reduce(concern.evolve, concern.initialState);
    expect(state).toMatchObject({ story: { toChase: ['consent'], particulars: { locationType: 'care_home_nursing' } } });
  });
  it('restarts the clocks where the time of receipt was wrong', () => {
    const event: ConcernEvent = {
      type: 'ConcernCorrected',
      at: WEDNESDAY,
      by: 'officer-1',
      correction: { field: 'receivedAt', value: TUESDAY },
      reason: words('found'),
    };
    expect([aConcern(), event].reduce(concern.evolve, concern.initialState)).toMatchObject({ clocksFrom: TUESDAY });
  });
  it('lets no concern come in after its decision', () =>
    given(aConcern(), aTriage())
      .when({ ...act, correction: { field: 'receivedAt', value: WEDNESDAY } })
      .thenRefused('concern/decided-before-received'));
  it('lets no concern come in later than now', () =>
    given(aConcern())
      .when({ ...act, at: TUESDAY, correction: { field: 'receivedAt', value: WEDNESDAY } })
      .thenRefused('concern/received-in-the-future'));
});

describe('entering a concern in error', () => {
  const propose = { type: 'ProposeEnteredInError', at: TUESDAY, by: 'officer-1', reason: words('a test') } as const;
  const proposed: ConcernEvent = { type: 'EnteredInErrorProposed', at: TUESDAY, by: 'officer-1', reason: words('a test') };
  const confirm = { type: 'ConfirmEnteredInError', at: WEDNESDAY, by: 'manager-1' } as const;
  const confirmed: ConcernEvent = {
    type: 'ConcernEnteredInError',
    at: WEDNESDAY,
    proposedBy: 'officer-1',
    confirmedBy: 'manager-1',
    hasEnquiry: false,
    reason: words('a test'),
  };

  it('is proposed with a reason', () => given(aConcern()).when(propose).then(proposed));
  it('is not proposed without one', () => given(aConcern()).when({ ...propose, reason: null }).thenRefused('concern/reason-required'));
  it('is proposed once', () => given(aConcern(), proposed).when(propose).thenNothing());
  it('is confirmed, not proposed again, by a colleague', () =>
    given(aConcern(), proposed).when({ ...propose, by: 'manager-1' }).thenRefused('concern/error-already-proposed'));
  it('is confirmed by another person', () => given(aConcern(), proposed).when(confirm).then(confirmed));
  it('says whether a decision had come to an enquiry, so that whoever acts on decisions can wait for it', () =>
    given(aConcern(), aTriage(), proposed).when(confirm).then({ ...confirmed, hasEnquiry: true }));
  it('is not confirmed by the same person', () =>
    given(aConcern(), proposed).when({ ...confirm, by: 'officer-1' }).thenRefused('concern/second-person-required'));
  it('is not confirmed unless proposed', () => given(aConcern()).when(confirm).thenRefused('concern/error-not-proposed'));
  it('can be declined', () =>
    given(aConcern(), proposed)
      .when({ type: 'DeclineEnteredInError', at: WEDNESDAY, by: 'manager-1', reason: words('it is real') })
      .then({ type: 'EnteredInErrorDeclined', at: WEDNESDAY, by: 'manager-1', reason: words('it is real') }));
  it('ends all work on it', () =>
    given(aConcern(), proposed, confirmed)
      .when({ type: 'RecordWishes', at: WEDNESDAY, by: 'officer-1', wishes: { answer: 'asked_not_expressed', words: null } })
      .thenRefused('concern/entered-in-error'));
});
