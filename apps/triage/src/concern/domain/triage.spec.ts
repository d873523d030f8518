import { RuleViolation, specify } from '#libs/decider';

import { aConcern, aDecision, aLegacyConcern, aRouting, aTriage, limbs, MONDAY, reopened, reopening, standing, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { type ConsentAnswer, NOTHING_SAID, SAID_FROM } from './circumstances.js';
import { OUTCOMES } from './codes.js';
import { concern, type TriageConcern } from './concern.js';

const { given } = specify(concern);
const ready = given(aConcern(), wishesKnown);
const notSafeguarding = { limbs: limbs('yes', 'no', 'yes'), outcome: 'no_further_action', notSafeguardingReason: 'care_needs_only' } as const;

describe('triaging a concern', () => {
  it('records the outcome with its reasons and who decided', () => ready.when(aDecision()).then(aTriage()));
  it('needs a named person', () => ready.when(aDecision({ decidedBy: ' ' })).thenRefused('concern/decider-required'));
  it('needs a reason', () => ready.when(aDecision({ reason: null })).thenRefused('concern/reason-required'));
  it('cannot be done before the concern is received', () => given().when(aDecision()).thenRefused('concern/not-awaiting-triage'));
  it('cannot be done twice', () => given(aConcern(), wishesKnown, aTriage()).when(aDecision()).thenRefused('concern/not-awaiting-triage'));
  it('cannot be dated before the concern came in', () =>
    ready.when(aDecision({ at: '2026-05-31T09:00:00.000000Z' })).thenRefused('concern/decided-before-received'));
});

describe('all that is wrong with a decision', () => {
  const unsaid = { answer: null, reason: null };
  const blank = aDecision({ at: '2026-11-22T09:00:00.000000Z', limbs: { needs: unsaid, risk: unsaid, unable: unsaid }, outcome: null, reason: null, sarReferral: null });
  const wrongWith = (command: TriageConcern) => {
    try {
      concern.decide(command, concern.evolve(concern.initialState, aConcern()));
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return error.refusals.map(({ code, about }) => [code.replace('concern/', ''), ...(about ? [about] : [])].join(' '));
    }
    return [];
  };

  it('is said at once, in the order in which it is asked for', () =>
    expect(wrongWith(blank)).toEqual([
      'protection-required',
      'limb-answer-required needs', 'limb-reason-required needs', 'limb-answer-required risk', 'limb-reason-required risk', 'limb-answer-required unable', 'limb-reason-required unable',
      'wishes-required', 'capacity-required', 'consent-required', 'advocacy-required', 'outcome-required', 'reason-required', 'sar-referral-required',
    ]));
  it('is said of whatever is chosen instead, where a section 42 enquiry is excluded', () => {
    const excluded = { ...aDecision({ limbs: limbs('yes', 'no', 'cannot_yet_tell'), wishes: { answer: 'asked_not_expressed', words: null } }), at: blank.at, circumstances: standing };
    expect(wrongWith(excluded)).toEqual(['limb-undecided unable', 'limbs-exclude-s42-enquiry', 'other-enquiry-reason-required', 'not-safeguarding-reason-required']);
    expect(wrongWith({ ...excluded, otherEnquiryReason: words('a carer'), notSafeguardingReason: 'quality_of_care' })).toEqual(['limb-undecided unable', 'limbs-exclude-s42-enquiry']);
  });
  it('is only what was asked then', () =>
    expect(wrongWith({ ...blank, at: '2026-11-21T23:59:59.000000Z' })).not.toEqual(expect.arrayContaining(['protection-required'])));
  it('is nothing where all of it is said', () =>
    expect(wrongWith({ ...aDecision(), at: blank.at, circumstances: standing, wishes: { answer: 'asked_not_expressed', words: null } })).toEqual([]));
});

describe('the three limbs of section 42(1)', () => {
  it.each(OUTCOMES.filter((outcome) => outcome !== 's42_enquiry'))('allow no %s where all three are yes', (outcome) =>
    ready.when(aDecision({ outcome, otherEnquiryReason: outcome === 'other_enquiry' ? words('why') : null })).thenRefused('concern/limbs-require-s42-enquiry'),
  );
  it.each([limbs('no', 'yes', 'yes'), limbs('yes', 'no', 'yes'), limbs('yes', 'yes', 'no')])('allow no section 42 enquiry where one is no', (answers) =>
    ready.when(aDecision({ limbs: answers })).thenRefused('concern/limbs-exclude-s42-enquiry'),
  );
  it.each(OUTCOMES)('decide nothing, %s included, while one cannot be told', (outcome) =>
    ready.when(aDecision({ outcome, limbs: limbs('yes', 'no', 'cannot_yet_tell') })).thenRefused('concern/limb-undecided'),
  );
  it('need a reason each', () =>
    ready
      .when(aDecision({ limbs: { ...limbs('yes', 'yes', 'yes'), unable: { answer: 'yes', reason: null } } }))
      .thenRefused('concern/limb-reason-required'));
});

describe('what a refusal says can be done', () => {
  const refused = (change: Partial<TriageConcern>) => () => concern.decide(aDecision({ wishes: { answer: 'asked_not_expressed', words: null }, ...change }), concern.evolve(concern.initialState, aConcern()));

  it('is to answer no to (a) where the person is in another council’s area', () =>
    expect(refused({ outcome: 'other_authority' })).toThrow('if they are not, answer (a) no and say so there'));
  it('is to tell all three where one is no and another cannot be told', () =>
    expect(refused({ ...notSafeguarding, limbs: limbs('yes', 'no', 'cannot_yet_tell') })).toThrow('although another of the three is answered no: each has to be told'));
  it('is to choose the route as the outcome where it is one, and otherwise to take it out', () => {
    expect(refused({ ...notSafeguarding, furtherRoutes: ['quality_team'] })).toThrow('Choose that route as the outcome, or take it out.');
    expect(refused({ ...notSafeguarding, furtherRoutes: ['advice_and_guidance'] })).toThrow('Take the route out and say in the reason what was advised or arranged, or choose an outcome that it can go with.');
  });
});

describe('what is still to be chased', () => {
  const chased = (answer: ConsentAnswer) => {
    const decided = aTriage({ circumstances: { ...standing, consent: { answer, ground: null, words: null } } });
    return [aConcern({ toChase: ['consent', 'person_address'] }), wishesKnown, decided].reduce(concern.evolve, concern.initialState);
  };

  it('is not whether they agree where the decision says it', () => {
    expect(chased('given')).toMatchObject({ story: { toChase: ['person_address'] } });
    expect(chased('not_asked_unsafe')).toMatchObject({ story: { toChase: ['consent', 'person_address'] } });
  });
});

describe('the reasons that an outcome needs', () => {
  it('says why a matter is not safeguarding', () => ready.when(aDecision(notSafeguarding)).then(aTriage(notSafeguarding)));
  it('is refused without that', () =>
    ready.when(aDecision({ ...notSafeguarding, notSafeguardingReason: null })).thenRefused('concern/not-safeguarding-reason-required'));
  it('leaves it out where somebody at risk can protect themselves', () => {
    const decision = { limbs: limbs('yes', 'yes', 'no'), outcome: 'adult_risk_management' } as const;
    ready.when(aDecision(decision)).then(aTriage(decision), aRouting([{ route: 'adult_risk_management' }]));
  });
  it('gives none to a section 42 enquiry', () =>
    ready.when(aDecision({ notSafeguardingReason: 'care_needs_only' })).thenRefused('concern/not-safeguarding-reason-unexpected'));
  it('says which council it falls to where it goes to another, if that is known', () => {
    const elsewhere = { at: `${SAID_FROM}T12:00:00.000000Z`, limbs: limbs('no', 'yes', 'yes'), outcome: 'other_authority', notSafeguardingReason: 'other_authority', circumstances: standing, wishes: { answer: 'asked_not_expressed', words: null } } as const;
    const council = { code: 'E06000061', words: null } as const;
    const decide = (change: object) => given(aConcern()).when(aDecision({ ...elsewhere, ...change }));
    decide({ otherAuthority: { code: null, words: null } }).thenRefused('concern/other-authority-required');
    decide({ outcome: 'quality_team', otherAuthority: council }).thenRefused('concern/other-authority-unexpected');
    for (const otherAuthority of [council, { code: null, words: words('Leicestershire') }]) {
      const state = concern.decide(aDecision({ ...elsewhere, otherAuthority }), [aConcern()].reduce(concern.evolve, concern.initialState));
      expect(state.at(-2)).toMatchObject({ type: 'ConcernTriaged', outcome: 'other_authority', otherAuthority });
    }
    given(aConcern()).when(aDecision({ ...elsewhere, at: TUESDAY, circumstances: NOTHING_SAID })).then({ type: 'WishesRecorded', at: TUESDAY, by: 'officer-1', wishes: elsewhere.wishes }, aTriage({ outcome: 'other_authority', limbs: elsewhere.limbs, notSafeguardingReason: 'other_authority' }), aRouting([{ route: 'other_authority' }]));
  });
  it('says why an other enquiry is made', () => {
    const decision = { limbs: limbs('no', 'yes', 'yes'), outcome: 'other_enquiry', otherEnquiryReason: words('a carer') } as const;
    ready.when(aDecision(decision)).then(aTriage(decision));
    ready.when(aDecision({ ...decision, otherEnquiryReason: null })).thenRefused('concern/other-enquiry-reason-required');
  });
  it('gives that reason to no other outcome', () =>
    ready.when(aDecision({ ...notSafeguarding, otherEnquiryReason: words('why') })).thenRefused('concern/other-enquiry-reason-unexpected'));
  it('lets no further action stand alone', () =>
    ready.when(aDecision({ ...notSafeguarding, furtherRoutes: ['review'] })).thenRefused('concern/no-further-action-stands-alone'));
  it('keeps further routes beside the outcome, each once and without it', () => {
    const decision = { ...notSafeguarding, outcome: 'quality_team' } as const;
    ready
      .when(aDecision({ ...decision, furtherRoutes: ['quality_team', 'review', 'review'] }))
      .then(aTriage({ ...decision, furtherRoutes: ['review'] }), aRouting([{ route: 'quality_team' }, { route: 'review' }]));
  });
});

describe('what the person wants', () => {
  it('is known before a decision', () => given(aConcern()).when(aDecision()).thenRefused('concern/wishes-required'));
  it('can be recorded with it', () => {
    const wishes = { answer: 'not_asked', words: words('unconscious') } as const;
    given(aConcern()).when(aDecision({ wishes })).then({ type: 'WishesRecorded', at: TUESDAY, by: 'officer-1', wishes }, aTriage());
  });
  it('is recorded whole', () =>
    given(aConcern()).when(aDecision({ wishes: { answer: 'not_asked', words: null } })).thenRefused('concern/why-not-asked-required'));
});

describe('reopening a concern', () => {
  const again = { ...aDecision(notSafeguarding), at: '2026-06-04T09:00:00.000000Z' };

  it('is done by a person with a reason', () => given(aConcern(), aTriage()).when(reopening).then(reopened));
  it('needs the reason', () =>
    given(aConcern(), aTriage()).when({ type: 'ReopenConcern', at: WEDNESDAY, by: 'manager-1', reason: null }).thenRefused('concern/reason-required'));
  it('needs the person', () =>
    given(aConcern(), aTriage()).when({ type: 'ReopenConcern', at: WEDNESDAY, by: '', reason: words('x') }).thenRefused('concern/person-required'));
  it('needs a decision first', () => given(aConcern()).when(reopening).thenRefused('concern/not-decided'));
  it('keeps the story and starts the clocks anew', () => {
    const state = [aConcern(), aTriage(), reopened].reduce(concern.evolve, concern.initialState);
    expect(state).toMatchObject({ status: 'awaiting-triage', clocksFrom: WEDNESDAY, story: { receivedAt: MONDAY, earlierDecisions: [aTriage()] } });
  });
  it('leads to a second decision', () =>
    given(aConcern(), wishesKnown, aTriage(), reopened).when(again).then(aTriage({ ...notSafeguarding, at: again.at, decision: 2 })));
});

describe('telling whoever raised it', () => {
  const tell = { type: 'TellReferrer', at: WEDNESDAY, by: 'officer-1', message: words('letter') } as const;
  const told = { type: 'ReferrerTold', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('letter') } as const;
  const notTell = { type: 'RecordReferrerNotTold', at: WEDNESDAY, by: 'officer-1', reason: words('anonymous') } as const;
  const notTold = { type: 'ReferrerNotTold', at: WEDNESDAY, by: 'officer-1', decision: 1, reason: words('anonymous') } as const;

  it('is recorded', () => given(aConcern(), aTriage()).when(tell).then(told));
  it('is recorded once', () => given(aConcern(), aTriage(), told).when(tell).thenNothing());
  it('waits for a decision', () => given(aConcern()).when(tell).thenRefused('concern/not-decided'));
  it('or else somebody says why not', () => given(aConcern(), aTriage()).when(notTell).then(notTold));
  it('with a reason', () => given(aConcern(), aTriage()).when({ ...notTell, reason: null }).thenRefused('concern/reason-required'));
  it('cannot be undone', () => given(aConcern(), aTriage(), told).when(notTell).thenRefused('concern/referrer-already-told'));
  it('can still be done later', () => given(aConcern(), aTriage(), notTold).when(tell).then(told));
  it('is owed again after a new decision', () => {
    const story = [aConcern(), aTriage(), told, reopened, aTriage({ decision: 2 })];
    expect(story.reduce(concern.evolve, concern.initialState)).toMatchObject({ feedback: 'owed' });
  });
  it('is not known of a decision made elsewhere', () => {
    const { limbs, outcome, at, reason, notSafeguardingReason } = aTriage();
    const decision = { limbs, outcome, at, reason, notSafeguardingReason, decidedByInWords: null };
    const { type: _command, ...record } = aLegacyConcern({ decision });
    expect(concern.evolve(concern.initialState, { ...record, type: 'ConcernImported' })).toMatchObject({ feedback: 'not_known' });
  });
});
