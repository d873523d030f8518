import { followPage } from './follow-page.js';

const item = { id: '0190c1d2-0000-7000-8000-0000000000c1', reference: 'SC-0000-0001', receivedAt: '2026-07-01T09:00:00.000000Z', status: 'triaged', missing: [], told: [], decidedAt: '2026-07-02T09:00:00.000000Z', feedback: 'told', abuseTypes: ['physical', 'neglect_and_acts_of_omission'], isOwn: false };
const shown = (message?: string | null) => followPage({ items: [{ ...item, message }], total: 1, page: 1, pageSize: 50 }, '0300 126 7000').concerns[0]!;

describe('the concerns of whoever is signed in', () => {
  it('have what was written to them, paragraph by paragraph', () => {
    expect(shown('Thank you.\n\nOur reference is SC-0000-0001.')).toMatchObject({ lines: ['Decided on 2 July 2026.', 'We have told you what became of it.'], message: ['Thank you.', 'Our reference is SC-0000-0001.'] });
  });
  it('are told apart by what kind of abuse they themselves named', () => expect(shown().kind).toBe('Physical abuse, Neglect, or care not given'));
  it.each([null, undefined])('have nothing of what they were told otherwise: %s', (message) => expect(shown(message).message).toEqual([]));
  it.each([['received', 'and nobody has decided it yet.'], ['being_looked_at', 'and somebody looks at it. It is not decided yet.']])('say how far they are: %s', (stage, words) => {
    const [one] = followPage({ items: [{ ...item, authority: 'E06000062', status: 'awaiting-triage', stage, decidedAt: null, feedback: null }], total: 1, page: 1, pageSize: 50 }, '0300 126 7000').concerns;
    expect(one!.lines[0]).toBe(`West Northamptonshire Council has it, ${words}`);
  });
  it('are asked for what somebody asked for, with the day on which they looked, and else for what would help', () => {
    const lines = (more: object) => followPage({ items: [{ ...item, status: 'awaiting-triage', decidedAt: null, feedback: null, ...more }], total: 1, page: 1, pageSize: 50 }, '0300 126 7000').concerns[0]!.lines[1];
    expect(lines({ missing: ['when_it_happened'] })).toBe('If you can, tell us: when it happened.');
    expect(lines({ missing: ['when_it_happened'], askedAt: '2026-07-01T10:00:00.000000Z' })).toBe('Somebody looked at it on 1 July 2026, 11:00am, and more is wanted. If you can, tell us: when it happened.');
    expect(lines({ missing: [], askedAt: '2026-07-01T10:00:00.000000Z' })).toContain('nothing more is wanted now');
  });
});
