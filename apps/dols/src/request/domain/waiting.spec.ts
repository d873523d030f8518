import { fold, specify } from '#libs/decider';
import type { RequestEvent } from './events.js';
import { permitted } from './permitted.js';
import {
  allocate,
  allocated,
  assess,
  anAssessment,
  because,
  later,
  onTheWay,
  prioritise,
  prioritised,
  received,
  screened,
} from './request.builders.js';
import { request } from './request.js';

const { given } = specify(request);

describe('giving a priority', () => {
  it('is a named person’s act, with a reason', () => {
    given(received, screened).when(prioritise).then(prioritised);
    given(received).when({ ...prioritise, by: null }).thenRefused('request/name-required');
    given(received).when({ ...prioritise, reason: null }).thenRefused('request/reason-required');
  });
  it('can be done again', () =>
    given(received, prioritised).when({ ...prioritise, band: 'low' }).then({ ...prioritised, band: 'low' }));
  it('changes nothing when it is said twice', () => given(received, prioritised).when(prioritise).thenNothing());
  it('settles what a person was asked to look at', () => {
    const objected: RequestEvent = { ...screened, toLookAt: ['objection'] };
    const asked = fold(request, [received, prioritised, objected]);
    expect(asked).toMatchObject({ toLookAt: ['objection'] });
    expect(fold(request, request.decide(prioritise, asked), asked)).toMatchObject({ toLookAt: [] });
  });
});

describe('allocating', () => {
  it('names the assessors', () => given(received, prioritised).when(allocate).then(allocated));
  it('may wait for the doctor', () =>
    given(received, prioritised)
      .when({ ...allocate, mentalHealthAssessor: null })
      .then({ ...allocated, mentalHealthAssessor: null }));
  it('needs a best interests assessor', () =>
    given(received, prioritised)
      .when({ ...allocate, bestInterestsAssessor: null })
      .thenRefused('request/best-interests-assessor-required'));
  it('needs two different people', () =>
    given(received, prioritised)
      .when({ ...allocate, mentalHealthAssessor: 'bia-1' })
      .thenRefused('request/same-assessor'));
  it('comes after the priority', () => given(received).when(allocate).thenRefused('request/not-prioritised'));
  it('is repeated without harm', () => given(...onTheWay).when(allocate).thenNothing());
  it('is not done twice', () =>
    given(...onTheWay)
      .when({ ...allocate, bestInterestsAssessor: 'bia-2' })
      .thenRefused('request/already-allocated'));
});

describe('reallocating', () => {
  const again = { ...allocate, type: 'ReallocateRequest', bestInterestsAssessor: 'bia-2', reason: because } as const;
  it('names others, with a reason', () => {
    given(...onTheWay).when(again).then({ ...again, type: 'RequestReallocated' });
    given(...onTheWay).when({ ...again, reason: null }).thenRefused('request/reason-required');
  });
  it('comes after allocating', () => given(received, prioritised).when(again).thenRefused('request/not-allocated'));
});

describe('recording an assessment', () => {
  it('keeps who assessed and under which test', () =>
    given(...onTheWay).when(assess('best_interests')).then(anAssessment('best_interests')));
  it('comes after allocating', () =>
    given(received, prioritised).when(assess('age')).thenRefused('request/not-allocated'));
  it('refuses a test that was not the law that day', () =>
    given(...onTheWay)
      .when(assess('age', { legalTest: 'cheshire_west' }))
      .thenRefused('request/wrong-legal-test'));
  it('keeps best interests and mental health apart', () =>
    given(...onTheWay, anAssessment('mental_health'))
      .when(assess('best_interests', { assessor: 'doctor-1' }))
      .thenRefused('request/same-assessor'));
  it('is made by one of the two whom the request was given to, and told by nobody else who assesses it', () => {
    given(...onTheWay).when(assess('age', { assessor: 'bia-2' })).thenRefused('request/not-its-assessor');
    given(...onTheWay).when(assess('age', { assessor: 'bia-1', by: 'doctor-1' })).thenRefused('request/assessed-by-another');
    given(...onTheWay).when(assess('age', { by: 'bia-1' })).then(anAssessment('age', { by: 'bia-1' }));
  });
  it('lies neither ahead nor before the request', () => {
    given(...onTheWay).when(assess('age', { assessedOn: '2026-07-11' })).thenRefused('request/assessed-in-the-future');
    given(...onTheWay).when(assess('age', { assessedOn: '2026-06-30' })).thenRefused('request/assessed-before-receipt');
  });
});

describe('an equivalent assessment', () => {
  const equivalent = { reportOn: '2025-07-08', stillAccurate: because };
  it('serves for twelve months, under the test of its day', () =>
    given(...onTheWay)
      .when(assess('mental_health', { equivalent }))
      .then(anAssessment('mental_health', { equivalent, legalTest: 'cheshire_west' })));
  it('is too old after that', () =>
    given(...onTheWay)
      .when(assess('mental_health', { equivalent: { ...equivalent, reportOn: '2025-07-07' } }))
      .thenRefused('request/report-too-old'));
  it('of age serves for ever', () =>
    given(...onTheWay)
      .when(assess('age', { equivalent: { ...equivalent, reportOn: '2012-01-01' } }))
      .then(anAssessment('age', { equivalent: { ...equivalent, reportOn: '2012-01-01' }, legalTest: 'cheshire_west' })));
  it('may be another’s than the assessors’', () =>
    given(...onTheWay)
      .when(assess('mental_health', { equivalent, assessor: 'doctor-9' }))
      .then(anAssessment('mental_health', { equivalent, assessor: 'doctor-9', legalTest: 'cheshire_west' })));
  it('needs a reason why it still holds', () =>
    given(...onTheWay)
      .when(assess('mental_health', { equivalent: { ...equivalent, stillAccurate: null } }))
      .thenRefused('request/reason-required'));
});

describe('waiting well', () => {
  const contact = {
    type: 'RecordWaitingContact',
    at: later,
    by: 'officer-1',
    spokenTo: 'managing_authority',
    stillThere: true,
    changed: false,
    objects: null,
    nextContactOn: '2026-08-10',
    note: null,
  } as const;
  const recorded = { ...contact, type: 'WaitingContactRecorded' } as const;
  it('keeps the contact', () => given(received).when(contact).then({ ...recorded, toLookAt: [] }));
  it('sends an objection, a change or an absence to a person', () =>
    given(received)
      .when({ ...contact, stillThere: false, changed: true, objects: true })
      .then({ ...recorded, stillThere: false, changed: true, objects: true, toLookAt: ['objection', 'changed', 'not_there'] }));
  it('looks ahead', () =>
    given(received)
      .when({ ...contact, nextContactOn: '2026-07-10' })
      .thenRefused('request/next-contact-in-the-past'));
});

describe('what may be done next', () => {
  it('leads from receipt to allocation', () => {
    expect(permitted(fold(request, [received]))).toContain('PrioritiseRequest');
    expect(permitted(fold(request, [received]))).not.toContain('AllocateRequest');
    expect(permitted(fold(request, [received, prioritised]))).toContain('AllocateRequest');
    expect(permitted(fold(request, onTheWay))).toContain('RecordAssessment');
  });
});
