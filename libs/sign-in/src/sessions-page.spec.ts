import { sessionsPage } from './sessions-page.js';

const person = { id: 'staff-triage-1', name: 'Somebody invented', roles: [], authority: null, tokens: { access: '', refresh: undefined, id: '', gotAt: 0, endAt: 0 }, signedInAt: 0, seenAt: 0 };
const other = { beganAt: '2026-07-01T09:00:00.000Z', seenAt: '2026-07-01T10:00:00.000Z' };

describe('where somebody is signed in', () => {
  const doneWith = (others: (typeof other)[], isEnded: boolean) => sessionsPage(person, others, { isEnded, csrf: '' }).done;

  it('is said to be here alone where the others were ended', () => expect(doneWith([], true)).toBe('You are signed in here alone.'));
  it('is not said to be here alone by an address', () => expect([doneWith([other], true), doneWith([], false)]).toEqual([undefined, undefined]));
});
