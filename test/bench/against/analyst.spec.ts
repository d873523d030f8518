import { differences, figuresOf } from './analyst.ts';

const told = { E06000062: { conversion_2023: { concerns: 10, s42_enquiries: 2, rate_percent: 20 }, triage_time: { '2023-01-01/2023-12-31': null }, unallocated_enquiries_at_month_end: { '2023-01': 0, '2023-02': 3 } } };

describe('the figures of two sides', () => {
  it('stand by council, measure, period and name; what is nothing stands nowhere', () => {
    expect([...figuresOf(told)]).toEqual([
      ['E06000062 conversion_2023 concerns', 10],
      ['E06000062 conversion_2023 s42_enquiries', 2],
      ['E06000062 conversion_2023 rate_percent', 20],
      ['E06000062 unallocated_enquiries_at_month_end 2023-02', 3],
    ]);
  });

  it('are the same where they differ in the last decimal at most', () => {
    const other = new Map([...figuresOf(told)].map(([place, figure]) => [place, place.endsWith('percent') ? figure + 0.01 : figure]));
    expect(differences(figuresOf(told), other)).toEqual([]);
  });

  it('are named where one says something else, or nothing', () => {
    const other = figuresOf(told);
    other.set('E06000062 conversion_2023 concerns', 11);
    other.delete('E06000062 unallocated_enquiries_at_month_end 2023-02');
    expect(differences(figuresOf(told), other)).toEqual([
      'E06000062 conversion_2023 concerns: 10 and 11',
      'E06000062 unallocated_enquiries_at_month_end 2023-02: 3 and nothing',
    ]);
  });
});
