import { fold, specify } from '#libs/decider';

import { aConcern, aTriage, TUESDAY, WEDNESDAY, words } from './a-concern.js';
import { concern, type ConcernEvent, type Correction, type JudgeReferrer, type SendToReferrer } from './concern.js';
import { mayFollow } from './following.js';
import { heardOf } from './hearing.js';

const { given } = specify(concern);
const home = aConcern({ referrerType: 'care_home', sourceOfRisk: 'service_provider' });
const act = { at: TUESDAY, by: 'officer-1' };
const judge: JudgeReferrer = { type: 'JudgeReferrer', ...act, mayBeSource: false, reason: words('a worker who saw it') };
const notSource: ConcernEvent = { type: 'ReferrerJudged', ...act, mayBeSource: false, reason: words('a worker who saw it') };
const source: ConcernEvent = { ...notSource, mayBeSource: true };
const corrected = (correction: Correction): ConcernEvent => ({ type: 'ConcernCorrected', ...act, correction, reason: words('rang') });
const follows = (...events: ConcernEvent[]) => mayFollow(fold(concern, events));

describe('saying that whoever raised it is not the one who causes the harm', () => {
  it('takes a person and a reason', () => {
    given(home).when(judge).then(notSource);
    given(home).when({ ...judge, by: ' ' }).thenRefused('concern/person-required');
    given(home).when({ ...judge, reason: null }).thenRefused('concern/reason-required');
    given(home, notSource).when(judge).thenNothing();
  });
  it('lets them follow it and be written to as others are, until somebody says otherwise', () => {
    expect([follows(home), follows(home, notSource), follows(home, notSource, source)]).toEqual([false, true, false]);
    const send: SendToReferrer = { type: 'SendToReferrer', at: WEDNESDAY, by: 'officer-1', message: words('message'), length: 9, way: 'email', sendingId: 'sending-1', isSafe: false, isAgain: false, reach: { email: true, text: false, isRisky: false, hasWishes: false } };
    given(home, aTriage()).when(send).thenRefused('concern/referrer-may-be-source');
    given(home, aTriage(), notSource).when(send).then({ type: 'MessageToReferrerWritten', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('message'), way: 'email', sendingId: 'sending-1' });
  });
  it('holds no more once what was said of either is put right', () => {
    expect(follows(home, notSource, corrected({ field: 'channel', value: 'telephone' }))).toBe(true);
    expect(follows(home, notSource, corrected({ field: 'sourceOfRisk', value: 'known_to_individual' }), corrected({ field: 'referrerType', value: 'family_or_friend' }))).toBe(false);
  });
  it('tells a program from then on how far it is', () => expect(heardOf([notSource], fold(concern, [home]))).toEqual([{ state: 'received', at: TUESDAY }]));
});

it('somebody who by what was said is not close to the harm can be found to be, for good', () => {
  const neighbour = aConcern({ referrerType: 'other', sourceOfRisk: 'known_to_individual' });
  expect([follows(neighbour), follows(neighbour, source), follows(neighbour, source, corrected({ field: 'sourceOfRisk', value: null }))]).toEqual([true, false, false]);
});
