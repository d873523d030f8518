import { contactIn, plainWay, reachBy } from './reach.js';

const account = (referrer: object, details: object = {}): string => JSON.stringify({ worry: 'A worry', referrer, details });
const email = 'neighbour@example.test';
const phone = '07700 900001';

describe('how whoever raised it can be reached', () => {
  it('is by what they gave', () => {
    expect(reachBy(contactIn(account({ email, phone })))).toEqual({ email: true, text: true, isRisky: false, hasWishes: false });
    expect(reachBy(contactIn(account({ email: ' ', phone: '' })))).toEqual({ email: false, text: false, isRisky: false, hasWishes: false });
  });
  it('is not by text where the number is of a landline, also for a machine', () => {
    const landline = contactIn(account({ phone: '01632 960001' }));
    expect([reachBy(landline).text, plainWay(landline)]).toEqual([false, undefined]);
    expect(plainWay(contactIn(account({ email, phone: '01632 960001' })))).toBe('email');
  });
  it('is not known where an old system told it in words alone, or nothing is left', () => {
    for (const words of ['In words. {', null, undefined, '"text"', '12']) expect(contactIn(words)).toEqual({ addresses: {}, isRisky: false, hasWishes: false, deniesDanger: false, isSaidSafe: false });
  });
  it('is first by email, where nothing speaks against a machine doing so', () => {
    expect(plainWay(contactIn(account({ email, phone })))).toBe('email');
    expect(plainWay(contactIn(account({ phone })))).toBe('text');
    expect(plainWay(contactIn(account({})))).toBeUndefined();
  });
  it.each([{ contactRisky: 'yes' }, { contactRisky: 'not_sure', safeContact: 'Mornings only' }, { safeContact: 'Never leave a message' }])('is left to a person where they say that it may not be safe, or only in words how: %j', (details) => {
    expect(plainWay(contactIn(account({ email, phone }, details)))).toBeUndefined();
  });
  it.each([{ contactRisky: 'no' }, { contactRisky: 'no', safeContact: 'after 6 pm' }])('is plain where they answer that there is no danger, whenever they would rather be rung: %j', (details) => {
    expect(plainWay(contactIn(account({ phone }, details)))).toBe('text');
  });
});
