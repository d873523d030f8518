import { fold, specify } from '#libs/decider';
import { aConcern, aTriage, reopening, WEDNESDAY, words } from './a-concern.js';
import { concern, permitted, type ConcernEvent, type MessageToReferrerWritten, type SendToReferrer } from './concern.js';
import { mayBeSource } from './sending.js';

const { given } = specify(concern);
const received = aConcern({ referrerType: 'police' });
const triaged = aTriage();
const sends = (change: Partial<SendToReferrer> = {}): SendToReferrer => ({
  type: 'SendToReferrer', at: WEDNESDAY, by: 'officer-1', message: words('message'), length: 300, way: 'email', sendingId: 'sending-1', isSafe: false, isAgain: false,
  reach: { email: true, text: false, isRisky: false, hasWishes: false }, ...change,
});
const written: MessageToReferrerWritten = { type: 'MessageToReferrerWritten', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('message'), way: 'email', sendingId: 'sending-1' };
const arrived = { type: 'RecordSent', at: WEDNESDAY, sendingId: 'sending-1' } as const;
const lost = { type: 'RecordNotSent', at: WEDNESDAY, sendingId: 'sending-1', reason: 'address_refused' } as const;
const notSent: ConcernEvent = { type: 'MessageToReferrerNotSent', at: WEDNESDAY, sendingId: 'sending-1', way: 'email', reason: 'address_refused' };
const told: ConcernEvent = { type: 'ReferrerTold', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('message'), way: 'email' };

describe('sending whoever raised it what became of it', () => {
  it('begins when somebody has written it', () => given(received, triaged).when(sends()).then(written));
  it('cannot be done before it is decided', () => given(received).when(sends()).thenRefused('concern/not-decided'));
  it('needs a person', () => given(received, triaged).when(sends({ by: ' ' })).thenRefused('concern/person-required'));
  it('needs words', () => given(received, triaged).when(sends({ message: null })).thenRefused('concern/message-required'));
  it('needs a way that they gave', () => given(received, triaged).when(sends({ way: 'text' })).thenRefused('concern/no-such-contact'));
  it('is not done where they say that it could be dangerous', () =>
    given(received, triaged).when(sends({ isSafe: true, reach: { email: true, text: true, isRisky: true, hasWishes: false } })).thenRefused('concern/contact-unsafe'));
  it('wants their wishes on how to reach them read', () => {
    const reach = { email: true, text: true, isRisky: false, hasWishes: true };
    given(received, triaged).when(sends({ reach })).thenRefused('concern/contact-wishes-unread');
    given(received, triaged).when(sends({ reach, isSafe: true })).then(written);
  });
  it('keeps a text message short', () => {
    const reach = { email: true, text: true, isRisky: false, hasWishes: false };
    given(received, triaged).when(sends({ way: 'text', reach, length: 601 })).thenRefused('concern/message-too-long');
    given(received, triaged).when(sends({ reach, length: 601 })).then(written);
  });
  it('is never done to whoever may be causing the harm, whatever they say of reaching them', () => {
    const home = aConcern({ referrerType: 'care_home', sourceOfRisk: 'service_provider' });
    const relative = aConcern({ referrerType: 'family_or_friend', sourceOfRisk: 'known_to_individual' });
    for (const one of [home, relative]) given(one, triaged).when(sends({ isSafe: true })).thenRefused('concern/referrer-may-be-source');
  });
  it('stands on their own page at once where they sign in, safe as any other way, and tells them', () => {
    const partner = aConcern({ referrerType: 'police', followedBy: 'account' });
    const nothing = { email: false, text: false, isRisky: false, hasWishes: false };
    const onPage: ConcernEvent = { ...told, way: 'page' };
    given(partner, triaged).when(sends({ way: 'page', reach: nothing, length: 900 })).then(onPage);
    given(received, triaged).when(sends({ way: 'page' })).thenRefused('concern/no-such-contact');
    given(partner, triaged).when(sends({ way: 'page', reach: { ...nothing, hasWishes: true } })).thenRefused('concern/contact-wishes-unread');
    given(partner, triaged).when(sends({ way: 'page', reach: { ...nothing, isRisky: true } })).thenRefused('concern/contact-unsafe');
    given(aConcern({ referrerType: 'care_home', sourceOfRisk: 'service_provider', followedBy: 'account' }), triaged).when(sends({ way: 'page' })).thenRefused('concern/referrer-may-be-source');
  });
  it('is done again, to put right what they were told, where somebody says that they mean that', () => {
    given(received, triaged, told).when(sends()).thenRefused('concern/referrer-already-told');
    given(received, triaged, told).when(sends({ isAgain: true, sendingId: 'sending-2' })).then({ ...written, sendingId: 'sending-2' });
    given(received, triaged, told, { ...written, sendingId: 'sending-2' }).when({ ...arrived, sendingId: 'sending-2' }).then(told);
  });
  it('is done once at a time', () => given(received, triaged, written).when(sends({ sendingId: 'sending-2' })).thenRefused('concern/being-sent'));
});

describe('a message on its way', () => {
  it('tells whoever raised it when it arrives, and not before', () => given(received, triaged, written).when(arrived).then(told));
  it('tells them once', () => given(received, triaged, written, told).when(arrived).then());
  it('that does not arrive says why, and can be written again', () => {
    given(received, triaged, written).when(lost).then(notSent);
    given(received, triaged, written, notSent).when(sends({ sendingId: 'sending-2' })).then({ ...written, sendingId: 'sending-2' });
  });
  it('that was tried before says nothing of the one that is on its way now', () => {
    const again: ConcernEvent = { ...written, sendingId: 'sending-2' };
    given(received, triaged, written, notSent, again).when(arrived).then();
    given(received, triaged, written, notSent, again).when(lost).then();
  });
  it('that was a further one and does not arrive waits until they are told otherwise, or somebody says why not', () => {
    const lostAgain: ConcernEvent[] = [received, triaged, told, written, notSent];
    const act = { at: WEDNESDAY, by: 'officer-2' };
    const byPhone: ConcernEvent = { type: 'ReferrerTold', ...act, decision: 1, message: words('rang') };
    const leftAlone: ConcernEvent = { type: 'ReferrerNotTold', ...act, decision: 1, reason: words('no way left') };
    const stands = (...events: ConcernEvent[]) => {
      const state = fold(concern, events);
      return [permitted(state).filter((type) => type === 'TellReferrer' || type === 'RecordReferrerNotTold'), state.status === 'triaged' && [state.feedback, state.notSent]];
    };
    expect(stands(...lostAgain)).toEqual([['TellReferrer', 'RecordReferrerNotTold'], ['told', notSent]]);
    given(...lostAgain).when({ type: 'TellReferrer', ...act, message: words('rang') }).then(byPhone);
    given(...lostAgain).when({ type: 'RecordReferrerNotTold', ...act, reason: words('no way left') }).then(leftAlone);
    for (const done of [byPhone, leftAlone]) expect(stands(...lostAgain, done)).toEqual([[], ['told', null]]);
    given(...lostAgain, leftAlone).when({ type: 'RecordReferrerNotTold', ...act, reason: words('no way left') }).thenRefused('concern/referrer-already-told');
    given(received, triaged, { ...leftAlone }, written, notSent).when({ type: 'RecordReferrerNotTold', ...act, reason: words('no way left') }).then(leftAlone);
  });
  it('leaves it free to tell them otherwise', () =>
    given(received, triaged, written).when({ type: 'TellReferrer', at: WEDNESDAY, by: 'officer-2', message: words('rang') }).then({ type: 'ReferrerTold', at: WEDNESDAY, by: 'officer-2', decision: 1, message: words('rang') }));
  it('tells nothing of a decision that was opened again', () => {
    const opened: ConcernEvent = { type: 'ConcernReopened', at: WEDNESDAY, by: 'manager-1', previousOutcome: 's42_enquiry', hasEnquiry: true, reason: words('more came in') };
    given(received, triaged, written).when(reopening).then(opened);
    given(received, triaged, written, opened).when(arrived).then();
    given(received, triaged, written, opened).when(lost).then();
  });
});

it('somebody who may be close to the harm is known by what they are and where it comes from', () => {
  const asSaid = (sourceOfRisk: 'service_provider' | null, referrerType: 'police' | 'care_home' | null) => mayBeSource({ foundToBeSource: null, particulars: { sourceOfRisk, referrerType } });
  expect([asSaid('service_provider', 'police'), asSaid(null, 'care_home'), asSaid('service_provider', null), asSaid('service_provider', 'care_home')]).toEqual([false, false, false, true]);
});

