import { addDays } from '#libs/calendar';
import { fold, specify } from '#libs/decider';
import { legalTestOn, legalTests } from './legal-tests.js';
import { stillToAsk, suggestBand } from './priority-guide.js';
import { authorised, because, imports, prioritised, received, screen, screened } from './request.builders.js';
import { request } from './request.js';
import { authorisedUnderEarlierTest, needsRescreening } from './screen-request.js';

const { given } = specify(request);

describe('the legal test of a day', () => {
  it('is the acid test up to 1 June 2026', () => expect(legalTestOn('2026-06-01').code).toBe('cheshire_west'));
  it('is the multi-factor test from 2 June 2026', () => expect(legalTestOn('2026-06-02').code).toBe('multi_factor_2026_uksc_16'));
  it('has neither a gap nor an overlap, and an open end', () => {
    legalTests.slice(1).forEach((test, index) => expect(addDays(legalTests[index]?.to ?? '', 1)).toBe(test.from));
    expect(legalTests.at(-1)?.to).toBeNull();
  });
});

describe('screening', () => {
  it('says which test it was made under', () => given(received).when(screen).then(screened));
  it('takes the day in London, not in Greenwich', () =>
    given({ ...received, at: '2026-06-01T09:00:00.000000Z' })
      .when({ ...screen, at: '2026-06-01T23:30:00.000000Z' })
      .then({ ...screened, at: '2026-06-01T23:30:00.000000Z' }));
  it('refuses a test that was not the law that day', () =>
    given(received).when({ ...screen, legalTest: 'cheshire_west' }).thenRefused('request/wrong-legal-test'));
  it('sends an objection to a person, likely or not', () =>
    given(received)
      .when({ ...screen, factors: { person_objects: 'yes' } })
      .then({ ...screened, factors: { person_objects: 'yes' }, toLookAt: ['objection'] }));
  it('refuses nothing: unlikely goes to a person too, with a reason', () => {
    const unlikely = { ...screen, result: 'unlikely', reason: because } as const;
    given(received).when({ ...unlikely, reason: null }).thenRefused('request/reason-required');
    given(received)
      .when(unlikely)
      .then({ ...screened, result: 'unlikely', reason: because, toLookAt: ['unlikely'] });
    expect(fold(request, [received, { ...screened, result: 'unlikely' as const }])).toMatchObject({ status: 'screened' });
  });
  it('cannot lie before receipt', () =>
    given(received)
      .when({ ...screen, at: '2026-06-30T09:00:00.000000Z' })
      .thenRefused('request/before-receipt'));
  it('suggests a band and leaves it to a person', () => {
    expect(suggestBand({ person_objects: 'yes', life_as_normal_as_can_be: 'no' })).toEqual({ band: 'high', because: ['person_objects'] });
    expect(suggestBand({}).band).toBe('low');
  });
  it('lists what is still to be asked under the test of the day', () => {
    expect(stillToAsk({ person_objects: 'no' }, '2026-07-01')).toContain('wishes_and_feelings_positive');
    expect(stillToAsk({ person_objects: 'no' }, '2026-07-01')).not.toContain('person_objects');
  });
});

describe('a change of law', () => {
  const before = { ...received, at: '2026-05-01T09:00:00.000000Z' };
  const screenedBefore = { ...screened, at: '2026-05-02T09:00:00.000000Z', legalTest: 'cheshire_west' } as const;
  const waits = fold(request, [before, screenedBefore, prioritised]);
  it('asks people to look again and closes nothing', () => {
    expect(waits.status).toBe('prioritised');
    expect(needsRescreening(waits, '2026-06-01')).toBe(false);
    expect(needsRescreening(waits, '2026-06-02')).toBe(true);
  });
  it('is answered by screening again', () =>
    expect(needsRescreening(fold(request, [screened], waits), '2026-07-02')).toBe(false));
  it('is not answered by an older screening that is written down late', () =>
    expect(needsRescreening(fold(request, [screened, screenedBefore], waits), '2026-07-02')).toBe(false));
  it('reaches what an old system screened nobody knows how', () => {
    const state = fold(request, request.decide(imports, { status: 'absent' }));
    expect(needsRescreening(state, '2026-06-02')).toBe(true);
    expect(needsRescreening(state, '2026-06-01')).toBe(false);
  });
  it('shows authorisations that were granted under the earlier test', () => {
    const state = fold(request, authorised);
    expect(authorisedUnderEarlierTest(state, '2026-08-01')).toBe(false);
    expect(authorisedUnderEarlierTest({ ...state, ...(state.status === 'authorised' && { authorisation: { ...state.authorisation, legalTest: 'cheshire_west' as const } }) }, '2026-08-01')).toBe(true);
  });
});
