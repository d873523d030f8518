import * as fc from 'fast-check';

import { agreementOf, FEWEST_PAIRS, type Pair } from './agreement.js';

const pair = (first: string, second: string, times: number): Pair => ({ first, second, times });

describe('a third answer', () => {
  it('that one of the two alone gives is never agreement, and leaves kappa lower than without it', () => {
    const both = [{ first: 'yes', second: 'yes', times: 10 }, { first: 'no', second: 'no', times: 10 }];
    const { pairs, agreed, kappa } = agreementOf([...both, { first: 'yes', second: 'cannot_yet_tell', times: 5 }]);
    // By chance 0.6 × 0.4 + 0.4 × 0.4 = 0.4; observed 0.8.
    expect([pairs, agreed, kappa]).toEqual([25, 20, expect.closeTo((0.8 - 0.4) / 0.6, 10)]);
    expect(agreementOf(both).kappa).toBe(1);
  });
});

describe('how far two people agree', () => {
  it('is Cohen’s kappa with its interval, as in a worked example', () => {
    // 20 both yes, 5 and 10 apart, 15 both no: 0.7 observed, 0.5 by chance.
    const { pairs, agreed, kappa, low, high } = agreementOf([pair('yes', 'yes', 20), pair('yes', 'no', 5), pair('no', 'yes', 10), pair('no', 'no', 15)]);
    expect([pairs, agreed]).toEqual([50, 35]);
    expect(kappa).toBeCloseTo(0.4, 10);
    expect([low, high].map((bound) => Number(bound!.toFixed(3)))).toEqual([0.146, 0.654]);
  });
  it('is one where they always agree, on whatever they say', () =>
    expect(agreementOf([pair('yes', 'yes', 10), pair('no', 'no', 2)])).toEqual({ pairs: 12, agreed: 12, kappa: 1, low: 1, high: 1 }));
  it('is not told where nobody ever says anything else', () =>
    expect(agreementOf([pair('yes', 'yes', 40)])).toEqual({ pairs: 40, agreed: 40, kappa: null, low: null, high: null }));
  it.each([[[]], [[pair('yes', 'no', FEWEST_PAIRS - 1)]]])('is not told of too few: %j', (pairs) => expect(agreementOf(pairs).kappa).toBeNull());
  it('lies within its bounds, and they between minus one and one', () => {
    const answer = fc.constantFrom('yes', 'no', 'other');
    fc.assert(
      fc.property(fc.array(fc.record({ first: answer, second: answer, times: fc.integer({ min: 1, max: 50 }) }), { minLength: 1 }), (pairs) => {
        const { kappa, low, high } = agreementOf(pairs);
        if (kappa === null) return;
        expect(low! <= kappa && kappa <= high!).toBe(true);
        expect(low! >= -1 && high! <= 1).toBe(true);
      }),
    );
  });
});
