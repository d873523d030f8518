import { isOver, isStale, isUnnoticed, type Person } from './session.js';

const minute = 60_000;
const start = Date.parse('2026-07-01T09:00:00Z');
const somebody = (seenAt = start, gotAt = start): Person => ({
  id: 'staff-triage-1', name: 'Somebody invented', roles: ['triage_officer'], authority: 'E06000062', signedInAt: start, seenAt,
  tokens: { access: 'a', refresh: 'r', id: 'i', gotAt, endAt: gotAt + 5 * minute },
});

describe('ASVS 5.0 V7.3: a session', () => {
  it.each([[29, 29, false], [30, 30, true], [12 * 60 - 1, 1, false], [12 * 60, 0, true]])('%d minutes after signing in and %d after the last page is over: %s', (since, away, over) => {
    const now = start + since * minute;
    expect(isOver(somebody(now - away * minute), now)).toBe(over);
  });

  it('is looked into at the provider before its token ends', () => {
    expect([3, 4, 5].map((since) => isStale(somebody(), start + since * minute))).toEqual([false, true, true]);
  });

  it('is written down once a minute, however many pages somebody opens', () => {
    expect([0, 59, 60].map((seconds) => isUnnoticed(somebody(), start + seconds * 1_000))).toEqual([false, false, true]);
  });
});
