import * as fc from 'fast-check';
import { medianOf, percent, twoDecimals } from './exact.js';

describe('an exact figure', () => {
  it.each([
    [1n, 8n, 0.13], [1n, 3n, 0.33], [2n, 3n, 0.67], [1005n, 1000n, 1.01], [-1n, 8n, -0.12], [-1n, 3n, -0.33], [0n, 7n, 0], [5n, 1n, 5],
  ])('%p of %p is rounded half up to %p', (over, under, rounded) => expect(twoDecimals(over, under)).toBe(rounded));
  it('of nothing is null', () => {
    expect(twoDecimals(1n, 0n)).toBeNull();
    expect(percent(0, 0)).toBeNull();
    expect(medianOf([])).toBeNull();
  });
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(medianOf([{ value: 3, times: 1 }])).toBe(3);
    expect(medianOf([{ value: 3, times: 1 }, { value: 4, times: 1 }])).toBe(3.5);
    expect(medianOf([{ value: 1, times: 3 }, { value: 9, times: 2 }])).toBe(1);
  });
  it('does not care how often it is written down', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), (values) => {
        const sorted = values.toSorted((one, other) => one - other);
        const half = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
        const counted = [...Map.groupBy(sorted, (value) => value)].map(([value, all]) => ({ value, times: all.length }));
        expect(medianOf(counted)).toBe(half);
      }),
    );
  });
});
