import * as fc from 'fast-check';
import { basisOf, dueOn, type RetentionRule, ruleInForce } from './rules.js';

const rule: RetentionRule = { class: 'closed', version: 1, source: 'a council', effectiveFrom: '2015-04-01', trigger: 'last_contact', years: 6 };
const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const years = fc.integer({ min: 1, max: 100 });

describe('how long something is kept', () => {
  it('never ends before its years are over, later where it began later, and later with more years', () =>
    fc.assert(
      fc.property(day, day, years, years, (one, other, some, more) => {
        expect(Number(dueOn(one, some).slice(0, 4)) - Number(one.slice(0, 4))).toBeGreaterThanOrEqual(some);
        expect(dueOn(one, some) > one).toBe(true);
        const [first, last] = one < other ? [one, other] : [other, one];
        expect(dueOn(first, some) <= dueOn(last, some)).toBe(true);
        expect(dueOn(one, some) < dueOn(one, some + more)).toBe(true);
      }),
    ));

  it('is not changed by a rule before the day from which that holds', () =>
    fc.assert(
      fc.property(day, day, years, (one, other, many) => {
        const [on, from] = one < other ? [one, other] : [other, one];
        fc.pre(on < from);
        const added = { ...rule, version: 9, effectiveFrom: from, years: many };
        expect(ruleInForce([added, rule], 'closed', on)).toEqual(ruleInForce([rule], 'closed', on));
      }),
    ));

  it('counts from the day in London on which anybody dealt with it last', () => {
    expect(basisOf(rule, '2026-06-01T23:30:00.000000Z')).toMatchObject({ class: 'closed', years: 6, lastContactAt: '2026-06-01T23:30:00.000000Z', dueOn: '2032-06-03' });
    expect(basisOf(rule, '2026-06-01T22:30:00.000000Z').dueOn).toBe('2032-06-02');
  });
});
