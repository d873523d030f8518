import { addHours, addSeconds } from '#libs/calendar';
import { fold } from '#libs/decider';
import { aConcern, aTriage, MONDAY, reopened, TUESDAY, wishesKnown } from './a-concern.js';
import { concern } from './concern.js';
import { asSent, codeEnd, countedAgain, type Following, isGoingOn, mayAsk, mayFollow, mayTry } from './following.js';

const one: Following = { askedAt: MONDAY, asked: 1, countedFrom: MONDAY, codeEndsAt: codeEnd(MONDAY), tries: 0, begunAt: null, seenAt: null };
const minutes = (n: number) => addSeconds(MONDAY, n * 60);

describe('a code', () => {
  it('may be asked for, and again after a minute', () => {
    expect([mayAsk(MONDAY, undefined), mayAsk(addSeconds(MONDAY, 59), one), mayAsk(minutes(1), one)]).toEqual([true, false, true]);
  });
  it('may be asked for five times a day', () => {
    const five = { ...one, asked: 5 };
    expect([mayAsk(minutes(60), { ...one, asked: 4 }), mayAsk(minutes(60), five), mayAsk(addHours(MONDAY, 24), five)]).toEqual([true, false, true]);
    expect(countedAgain(minutes(60), { ...one, asked: 4 })).toEqual({ asked: 5, countedFrom: MONDAY });
    expect(countedAgain(addHours(MONDAY, 24), five)).toEqual({ asked: 1, countedFrom: addHours(MONDAY, 24) });
    expect(countedAgain(MONDAY, undefined)).toEqual({ asked: 1, countedFrom: MONDAY });
  });
  it('opens for ten minutes, for five tries, once', () => {
    expect([mayTry(minutes(9), one), mayTry(minutes(10), one)]).toEqual([true, false]);
    expect([mayTry(MONDAY, { ...one, tries: 4 }), mayTry(MONDAY, { ...one, tries: 5 }), mayTry(MONDAY, { ...one, codeEndsAt: null })]).toEqual([true, false, false]);
  });
});

describe('following', () => {
  const begun = { ...one, begunAt: MONDAY, seenAt: MONDAY };
  it('ends half an hour after the last page', () => expect([isGoingOn(minutes(29), begun), isGoingOn(minutes(30), begun)]).toEqual([true, false]));
  it('ends after twelve hours, however often it is looked at', () => {
    const seen = (hours: number) => isGoingOn(addHours(MONDAY, hours), { ...begun, seenAt: addHours(MONDAY, hours) });
    expect([seen(11), seen(12)]).toEqual([true, false]);
  });
  it('is for nobody who may be causing the harm, or be close to whoever does', () => {
    const raisedBy = (referrerType: 'family_or_friend' | 'voluntary_sector', sourceOfRisk: 'known_to_individual' | null) => fold(concern, [aConcern({ referrerType, sourceOfRisk })]);
    expect([mayFollow(raisedBy('family_or_friend', 'known_to_individual')), mayFollow(raisedBy('family_or_friend', null)), mayFollow(raisedBy('voluntary_sector', 'known_to_individual'))]).toEqual([false, true, true]);
    expect(mayFollow(concern.initialState)).toBe(false);
  });
  it('shows them nothing but what they sent, whatever became of it', () => {
    const identified = { type: 'PersonIdentified', at: MONDAY, personId: 'person-1', personSequence: 1, ageBand: '75-84' } as const;
    const own = { ...wishesKnown, by: 'partner-1' };
    const taken = { type: 'ConcernAssigned', at: TUESDAY, by: 'officer-1', to: 'officer-1' } as const;
    const sent = [aConcern({ toChase: ['wishes'] }), own, identified];
    expect(asSent([...sent, taken, wishesKnown, aTriage(), reopened], 'partner-1')).toEqual(sent);
  });
  it('has not begun before a code was used', () => expect(isGoingOn(MONDAY, one)).toBe(false));
});
