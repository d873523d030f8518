import { fold, specify } from '#libs/decider';
import { aConcern, aTriage, MONDAY, reopened, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { type AskForMore, concern, type ConcernEvent, type MoreAskedFor } from './concern.js';
import { asSent, stageOf, wantedOf } from './following.js';
import { isDecidedBefore, isNoticeWanted } from './noticing.js';

const { given } = specify(concern);
const reach = { email: true, text: true, isRisky: false, hasWishes: false };
const notice = (change: object = {}, isSafe = false, isCarried = true, isSaidSafe = true): AskForMore['notice'] => ({ sendingId: 'sending-1', reach: { ...reach, ...change }, isSaidSafe, isSafe, isCarried });
const asks = (with_: AskForMore['notice'] = notice()): AskForMore => ({ type: 'AskForMore', at: TUESDAY, by: 'officer-1', what: ['when_it_happened'], message: words('rang'), ...(with_ && { notice: with_ }) });
const asked = (said: NonNullable<MoreAskedFor['notice']>): ConcernEvent => ({ type: 'MoreAskedFor', at: TUESDAY, by: 'officer-1', what: ['when_it_happened'], message: words('rang'), notice: said });
const sent = asked({ way: 'email', sendingId: 'sending-1' });
const received = aConcern({ referrerType: 'police', followedBy: 'account', toChase: ['when_it_happened', 'consent', 'person_address'] });

describe('a notice that more is wanted', () => {
  it('goes to whoever raised it by the first way that they gave', () => {
    given(received).when(asks()).then(sent);
    given(received).when(asks(notice({ email: false }))).then(asked({ way: 'text', sendingId: 'sending-1' }));
  });
  it.each([
    ['contact_unsafe', notice({ isRisky: true }, true)],
    ['wishes_unread', notice({ hasWishes: true }, false, true, false)],
    ['wishes_unread', notice({}, false, true, false)],
    ['no_contact', notice({ email: false, text: false })],
    ['nobody_sends', notice({}, false, false)],
  ] as const)('is not sent, and the story says why: %s', (not, how) => given(received).when(asks(how)).then(asked({ not })));
  it('is sent where they did not say that it is safe, or said how, and somebody has read that it is', () => {
    for (const how of [notice({ hasWishes: true }, true, true, false), notice({}, true, true, false)]) given(received).when(asks(how)).then(sent);
  });
  it('goes to nobody who may be causing the harm, whatever they say of reaching them, nor to whoever has no page', () => {
    given(aConcern({ referrerType: 'care_home', sourceOfRisk: 'service_provider', followedBy: 'account' })).when(asks(notice({}, true))).then(asked({ not: 'may_be_source' }));
    given(aConcern({ referrerType: 'police' })).when(asks()).then(asked({ not: 'no_page' }));
  });
  it('is wanted until they are asked anew, it is decided, or they may be causing the harm', () => {
    const judged: ConcernEvent = { type: 'ReferrerJudged', at: WEDNESDAY, by: 'officer-1', mayBeSource: true, reason: words('saw it') };
    const wanted = (...events: ConcernEvent[]) => isNoticeWanted(fold(concern, [received, sent, ...events]), 'sending-1');
    expect([wanted(), wanted(asked({ way: 'email', sendingId: 'sending-2' })), wanted(wishesKnown, aTriage()), wanted(judged)]).toEqual([true, false, false, false]);
  });
  it('is wanted no more once all of it came, nor after it was opened again', () => {
    const came: ConcernEvent = { type: 'MoreAnswered', at: WEDNESDAY, by: null, what: ['when_it_happened'], answer: null };
    const wanted = (...events: ConcernEvent[]) => isNoticeWanted(fold(concern, [received, sent, ...events]), 'sending-1');
    expect([wanted(came), wanted(wishesKnown, aTriage(), reopened)]).toEqual([false, false]);
  });
  it('is told not to have arrived, once, and is wanted no more then; what was asked for stays asked', () => {
    const lost = (sendingId = 'sending-1') => ({ type: 'RecordNotSent', at: WEDNESDAY, sendingId, reason: 'not_delivered' }) as const;
    const notSent: ConcernEvent = { type: 'NoticeNotSent', at: WEDNESDAY, sendingId: 'sending-1', way: 'email', reason: 'not_delivered' };
    given(received, sent).when(lost()).then(notSent);
    given(received, sent).when(lost('sending-2')).thenNothing();
    given(received, sent, notSent).when(lost()).thenNothing();
    given(received, sent, wishesKnown, aTriage()).when(lost()).thenNothing();
    const after = fold(concern, [received, sent, notSent]);
    expect([isNoticeWanted(after, 'sending-1'), after]).toMatchObject([false, { story: { asked: { what: ['when_it_happened'] } } }]);
  });
  it('is told not to have been sent where it was decided while it waited, once, also where it was opened and asked for anew', () => {
    const tell = (sendingId = 'sending-1') => ({ type: 'RecordNotSent', at: WEDNESDAY, sendingId, reason: 'decided' }) as const;
    const notSent: ConcernEvent = { type: 'NoticeNotSent', at: WEDNESDAY, sendingId: 'sending-1', way: 'email', reason: 'decided' };
    const decided = [received, sent, wishesKnown, aTriage()];
    const anew = asked({ way: 'email', sendingId: 'sending-2' });
    given(...decided).when(tell()).then(notSent);
    given(...decided, reopened, anew).when(tell()).then(notSent);
    given(...decided, notSent).when(tell()).thenNothing();
    given(...decided).when(tell('sending-2')).thenNothing();
    given(received, sent).when(tell()).thenNothing();
    const after = fold(concern, [...decided, reopened, anew, notSent]);
    expect([isDecidedBefore(after, 'sending-1'), isNoticeWanted(after, 'sending-2')]).toEqual([false, true]);
    const lost = { type: 'NoticeNotSent', at: TUESDAY, sendingId: 'sending-1', way: 'email', reason: 'not_delivered' } as const;
    given(received, sent, lost, wishesKnown, aTriage()).when(tell()).thenNothing();
  });
  it('tells nobody what became of it', () => given(received, sent).when({ type: 'RecordSent', at: WEDNESDAY, sendingId: 'sending-1' }).thenNothing());
});

describe('what whoever raised it is asked for', () => {
  const after = (...events: ConcernEvent[]) => {
    const state = fold(concern, [received, ...events]);
    if (state.status !== 'awaiting-triage') throw new Error('it is decided');
    return { wanted: wantedOf(state.story), stage: stageOf(state), missing: state.story.toChase.length };
  };
  it('is all that is missing until somebody asks, and then that alone', () => {
    expect(after()).toEqual({ wanted: ['when_it_happened', 'consent', 'person_address'], stage: 'received', missing: 3 });
    expect(after(sent)).toEqual({ wanted: ['when_it_happened'], stage: 'being_looked_at', missing: 3 });
  });
  it('is what was asked for last, as far as it has not come', () => {
    const again: ConcernEvent = { type: 'MoreAskedFor', at: WEDNESDAY, by: 'officer-1', what: ['consent', 'area'], message: null };
    const came: ConcernEvent = { type: 'MoreAnswered', at: WEDNESDAY, by: null, what: ['consent'], answer: null };
    expect([after(sent, again).wanted, after(sent, again, came).wanted]).toEqual([['consent', 'area'], ['area']]);
  });
  it('is nothing of what was asked for before it was decided', () => {
    expect(after(sent, wishesKnown, aTriage(), reopened)).toMatchObject({ wanted: ['when_it_happened', 'consent', 'person_address'], stage: 'being_looked_at' });
  });
  it('is what they left out where they may be causing the harm, as if nobody had looked', () => {
    const state = fold(concern, asSent([received, sent], null));
    expect(state).toMatchObject({ status: 'awaiting-triage', clocksFrom: MONDAY, story: { asked: null, toChase: ['when_it_happened', 'consent', 'person_address'] } });
  });
});
