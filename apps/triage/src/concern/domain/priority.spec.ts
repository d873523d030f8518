import * as fc from 'fast-check';

import { byPriority, type QueuePlace } from './priority.js';

const time = fc.constantFrom('2026-06-01T09:00:00.000000Z', '2026-06-02T09:00:00.000000Z', '2026-06-02T09:00:00.000001Z');
const place: fc.Arbitrary<QueuePlace> = fc.record({
  concernId: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5'),
  immediateRisk: fc.constantFrom(true, false, null),
  dueAt: time,
  receivedAt: time,
});
const queue = fc.uniqueArray(place, { selector: ({ concernId }) => concernId });

describe('the order of the triage queue', () => {
  it('puts immediate risk first, then the least time left', () => {
    const late: QueuePlace = { concernId: 'c1', immediateRisk: false, dueAt: '2026-06-01', receivedAt: '2026-05-31' };
    const soon = { ...late, concernId: 'c2', dueAt: '2026-06-02' };
    const danger = { ...late, concernId: 'c3', immediateRisk: true, dueAt: '2026-06-09' };
    expect([soon, danger, late].toSorted(byPriority)).toEqual([danger, late, soon]);
  });

  it('holds any two apart, one way only', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(Math.sign(byPriority(a, b))).toBe(0 - Math.sign(byPriority(b, a)));
        expect(a.concernId !== b.concernId && byPriority(a, b) === 0).toBe(false);
      }),
    );
  });

  it('carries over: what comes before a second comes before a third behind it', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(byPriority(a, b) < 0 && byPriority(b, c) < 0 && byPriority(a, c) >= 0).toBe(false);
      }),
    );
  });

  it('is the same however the queue was put together', () => {
    fc.assert(
      fc.property(
        queue.chain((places) => fc.tuple(fc.constant(places), fc.shuffledSubarray(places, { minLength: places.length }))),
        ([places, shuffled]) => expect(shuffled.toSorted(byPriority)).toEqual(places.toSorted(byPriority)),
      ),
    );
  });
});
