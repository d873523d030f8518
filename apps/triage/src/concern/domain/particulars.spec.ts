import { fold, specify } from '#libs/decider';
import { aConcern, aReceipt, TUESDAY, words } from './a-concern.js';
import { concern, type ConcernEvent, type Correction } from './concern.js';
import { mayFollow } from './following.js';
import type { Allegation } from './particulars.js';
import { mayBeSource } from './sending.js';

const { given } = specify(concern);
const theft: Allegation = { abuseType: 'financial_or_material', sourceOfRisk: 'unknown_to_individual', locationType: 'community' };
const shouting: Allegation = { abuseType: 'psychological', sourceOfRisk: null, locationType: null };
const act = { at: TUESDAY, by: 'officer-1', reason: words('she told us more') };
const correct = (correction: Correction) => ({ type: 'CorrectConcern' as const, ...act, correction });
const corrected = (correction: Correction, kinds?: NonNullable<Allegation['abuseType']>[]): ConcernEvent => ({ type: 'ConcernCorrected', ...act, correction, ...(kinds && { kinds }) });
const storyOf = (...events: ConcernEvent[]) => {
  const state = fold(concern, events);
  if (state.status === 'absent') throw new Error('there is none');
  return state.story;
};

describe('what is alleged besides', () => {
  it('is taken with a source and a place of its own, and left out where there is nothing', () => {
    given().when(aReceipt({ otherAllegations: [theft, shouting] })).then(aConcern({ otherAllegations: [theft, shouting] }));
    given().when(aReceipt({ otherAllegations: [] })).then(aConcern());
    expect(storyOf(aConcern({ otherAllegations: [theft] })).particulars.otherAllegations).toEqual([theft]);
    expect(storyOf(aConcern()).particulars).not.toHaveProperty('otherAllegations');
  });
  it('is a kind, so that none is to be chased; where the first happened and by whom still is', () =>
    given()
      .when(aReceipt({ abuseTypes: [], locationType: null, sourceOfRisk: null, otherAllegations: [theft] }))
      .then(aConcern({ abuseTypes: [], locationType: null, sourceOfRisk: null, otherAllegations: [theft], toChase: ['location_type', 'source_of_risk'] })));
  it('is among the kinds as whoever raised it named them, each once, whatever was put right since', () => {
    const raised = aConcern({ abuseTypes: ['physical', 'psychological'], otherAllegations: [theft, shouting] });
    expect(storyOf(raised, corrected({ field: 'otherAllegations', value: [] }, ['physical', 'psychological'])).namedByThem).toEqual(['physical', 'psychological', 'financial_or_material']);
  });
});

describe('putting right what is alleged besides', () => {
  it('takes the whole list, with a reason, and tells the kinds in all that is alleged', () => {
    given(aConcern()).when(correct({ field: 'otherAllegations', value: [theft] })).then(corrected({ field: 'otherAllegations', value: [theft] }, ['physical', 'financial_or_material']));
    given(aConcern()).when({ ...correct({ field: 'otherAllegations', value: [theft] }), reason: null }).thenRefused('concern/reason-required');
  });
  it('has nothing to do where it is right already, in whatever order the journal gives back what belongs to one', () => {
    const kept = { locationType: theft.locationType, sourceOfRisk: theft.sourceOfRisk, abuseType: theft.abuseType };
    given(aConcern({ otherAllegations: [kept] })).when(correct({ field: 'otherAllegations', value: [theft] })).thenNothing();
    given(aConcern()).when(correct({ field: 'otherAllegations', value: [] })).thenNothing();
    given(aConcern({ otherAllegations: [theft, theft] })).when(correct({ field: 'otherAllegations', value: [theft] })).then(corrected({ field: 'otherAllegations', value: [theft] }, ['physical', 'financial_or_material']));
  });
  it('leaves nothing behind where there is nothing any more', () =>
    expect(storyOf(aConcern({ otherAllegations: [theft] }), corrected({ field: 'otherAllegations', value: [] }, ['physical'])).particulars).toEqual(storyOf(aConcern()).particulars));
  it('strikes off that a kind is to be chased', () =>
    expect(storyOf(aConcern({ abuseTypes: [], toChase: ['abuse_types', 'consent'] }), corrected({ field: 'otherAllegations', value: [theft] }, ['financial_or_material'])).toChase).toEqual(['consent']));
  it('stays told with the first, where the kinds of that are put right', () => {
    given(aConcern({ otherAllegations: [theft] })).when(correct({ field: 'abuseTypes', value: ['sexual'] })).then(corrected({ field: 'abuseTypes', value: ['sexual'] }, ['sexual', 'financial_or_material']));
    given(aConcern()).when(correct({ field: 'abuseTypes', value: ['sexual'] })).then(corrected({ field: 'abuseTypes', value: ['sexual'] }));
  });
});

describe('whoever raised it', () => {
  const byCarers: Allegation = { abuseType: 'neglect_and_acts_of_omission', sourceOfRisk: 'service_provider', locationType: 'own_home' };
  const byFamily: Allegation = { abuseType: 'domestic', sourceOfRisk: 'known_to_individual', locationType: 'own_home' };
  const home = (...others: Allegation[]) => aConcern({ referrerType: 'home_care', sourceOfRisk: 'unknown_to_individual', otherAllegations: others });

  it('may be the source of any of it, and not of the first alone', () => {
    const may = (...events: ConcernEvent[]) => mayBeSource(storyOf(...events));
    expect([may(home(theft)), may(home(theft, byCarers)), may(home(byFamily))]).toEqual([false, true, false]);
    const relative = aConcern({ referrerType: 'family_or_friend', sourceOfRisk: null, otherAllegations: [theft, byFamily] });
    expect([may(relative), may(relative, corrected({ field: 'otherAllegations', value: [theft] }, ['physical', 'financial_or_material']))]).toEqual([true, false]);
  });
  it('follows it no more once such a one is put down, also where somebody found before that they are not close to it', () => {
    const found: ConcernEvent = { type: 'ReferrerJudged', ...act, mayBeSource: false };
    const put = corrected({ field: 'otherAllegations', value: [byCarers] }, ['physical', 'neglect_and_acts_of_omission']);
    const follows = (...events: ConcernEvent[]) => mayFollow(fold(concern, events));
    expect([follows(home(), found), follows(home(), found, put), follows(home(), put, found)]).toEqual([true, false, true]);
  });
});
