import { addYears, addDays } from '#libs/calendar';
import { fold, specify } from '#libs/decider';
import * as fc from 'fast-check';
import { assessmentKinds } from './codes.js';
import type { DecideRequest } from './commands.js';
import { lastDayOf } from './decide-request.js';
import { anAssessment, assessed, authorised, because, grant, granted, onTheWay, received, withdraw } from './request.builders.js';
import { request } from './request.js';
import { isInForce } from './state.js';

const { given } = specify(request);
const deciding = { type: 'DecideRequest', at: grant.at, by: 'signatory-1', reason: because } as const;

describe('granting', () => {
  it('needs all six met', () => given(...assessed).when(grant).then(granted));
  it.each(assessmentKinds)('waits for the assessment of %s', (kind) => {
    const others = assessmentKinds.filter((each) => each !== kind).map((each) => anAssessment(each));
    given(...onTheWay, ...others).when(grant).thenRefused('request/assessment-missing');
    given(...assessed, anAssessment(kind, { result: 'not_met' })).when(grant).thenRefused('request/assessment-not-met');
  });
  it('needs two assessors', () =>
    given(...assessed, anAssessment('mental_health', { assessor: 'bia-1' })).when(grant).thenRefused('request/same-assessor'));
  it('needs best interests to be assessed under the law of the day', () =>
    given(...assessed, anAssessment('best_interests', { legalTest: 'cheshire_west' }))
      .when(grant)
      .thenRefused('request/assessed-under-earlier-test'));
  it('ends the day before the anniversary at the latest', () =>
    given(...assessed)
      .when({ ...grant, authorisedTo: '2027-07-13' })
      .thenRefused('request/authorisation-too-long'));
  it('does not end before it begins', () =>
    given(...assessed)
      .when({ ...grant, authorisedTo: '2026-07-12' })
      .thenRefused('request/authorisation-backwards'));
  it('needs a representative, or why there is none', () => {
    given(...assessed)
      .when({ ...grant, representative: { appointed: 'unpaid', name: null } })
      .thenRefused('request/representative-required');
    given(...assessed)
      .when({ ...grant, representative: { appointed: 'nobody', reason: because } })
      .then({ ...granted, representative: { appointed: 'nobody', reason: because } });
  });
  it('is a named person’s decision, with a reason, under the test of the day', () => {
    given(...assessed).when({ ...grant, by: null }).thenRefused('request/name-required');
    given(...assessed).when({ ...grant, reason: null }).thenRefused('request/reason-required');
    given(...assessed).when({ ...grant, legalTest: 'cheshire_west' }).thenRefused('request/wrong-legal-test');
  });
  it('is repeated without harm, and not done anew', () => {
    given(...authorised).when(grant).thenNothing();
    given(...authorised).when({ ...grant, at: '2026-07-14T09:00:00.000000Z' }).thenRefused('request/already-decided');
  });
});

describe('ending the wait otherwise', () => {
  it('refuses only on a named negative assessment', () => {
    const refusal: DecideRequest = { ...deciding, outcome: 'not_granted', negativeAssessment: 'eligibility' };
    const negative = anAssessment('eligibility', { result: 'not_met' });
    given(...onTheWay, negative).when(refusal).then({ ...refusal, type: 'RequestDecided', legalTest: 'multi_factor_2026_uksc_16' });
    given(...onTheWay, negative).when({ ...refusal, negativeAssessment: null }).thenRefused('request/negative-assessment-required');
    given(...assessed).when(refusal).thenRefused('request/negative-assessment-required');
    given(received).when(refusal).thenRefused('request/negative-assessment-required');
  });
  it('takes a withdrawal from the managing authority alone', () => {
    const { source } = withdraw.outcome === 'withdrawn' ? withdraw : { source: null };
    given(received).when(withdraw).then({ ...withdraw, type: 'RequestDecided', legalTest: 'multi_factor_2026_uksc_16' });
    given(received)
      .when({ ...deciding, outcome: 'withdrawn', source: { from: 'family_or_friend', on: '2026-07-12', words: null } })
      .thenRefused('request/withdrawn-by-somebody-else');
    expect(source?.from).toBe('managing_authority');
  });
  it.each(['withdrawn', 'died', 'moved'] as const)('wants a dated source for %s', (outcome) => {
    given(received).when({ ...deciding, outcome, source: null }).thenRefused('request/source-required');
    given(received)
      .when({ ...deciding, outcome, source: { from: 'managing_authority', on: '2026-07-14', words: null } })
      .thenRefused('request/source-in-the-future');
  });
  it('happens after receipt', () => given().when(withdraw).thenRefused('request/not-received'));
});

describe('an authorisation', () => {
  const end = { type: 'EndAuthorisation', at: '2026-09-01T09:00:00.000000Z', by: 'officer-1', endedOn: '2026-08-31', why: 'reviewed', source: null, reason: because } as const;
  it('ends with a reason', () => {
    given(...authorised).when(end).then({ ...end, type: 'AuthorisationEnded' });
    given(...authorised).when({ ...end, reason: null }).thenRefused('request/reason-required');
  });
  it('ends by death with its dated source', () =>
    given(...authorised).when({ ...end, why: 'died' }).thenRefused('request/source-required'));
  it('runs out after its last day and not before', () => {
    const expire = { ...end, why: 'expired', by: null, endedOn: '2027-07-12', reason: null } as const;
    given(...authorised).when({ ...expire, at: '2027-07-12T10:00:00.000000Z' }).thenRefused('request/not-yet-expired');
    const at = '2027-07-12T23:00:00.000000Z';
    given(...authorised).when({ ...expire, at }).then({ ...expire, at, type: 'AuthorisationEnded' });
  });
  it('can be suspended for 28 days', () => {
    const suspend = { type: 'SuspendAuthorisation', at: end.at, by: 'officer-1', on: '2026-08-01', reason: because } as const;
    const suspended = { ...suspend, type: 'AuthorisationSuspended' } as const;
    const resume = { type: 'ResumeAuthorisation', at: end.at, by: 'officer-1', on: '2026-08-29' } as const;
    given(...authorised).when(suspend).then(suspended);
    given(...authorised, suspended).when(resume).then({ ...resume, type: 'AuthorisationResumed' });
    given(...authorised, suspended).when({ ...resume, on: '2026-08-30' }).thenRefused('request/suspended-too-long');
    expect(isInForce(fold(request, [...authorised, suspended]), '2026-08-02')).toBe(false);
  });
  it('is followed by one request for renewal', () => {
    const renew = { type: 'RequestRenewal', at: end.at, by: null, renewalId: 'request-2' } as const;
    const renewed = { ...renew, type: 'RenewalRequested' } as const;
    given(...authorised).when(renew).then(renewed);
    given(...authorised, renewed).when(renew).thenNothing();
    given(...authorised, renewed).when({ ...renew, renewalId: 'request-3' }).thenRefused('request/renewal-already-asked');
  });
  it('never reaches its anniversary, whenever it begins', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2009-04-01', days));
    fc.assert(fc.property(day, (from) => addDays(lastDayOf(from), 1) === addYears(from, 1)));
    expect(lastDayOf('2028-02-29')).toBe('2029-02-27');
  });
});
