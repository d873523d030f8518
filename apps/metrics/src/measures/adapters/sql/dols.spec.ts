import { monthly } from '../../domain/question.js';
import { dolsWaiting } from './dols.js';

const question = { authority: 'all', periods: monthly('2024-01-01', '2024-03-31'), asOf: '2024-03-31', knownAt: null, splitBy: null };
/** Days from 1970 to the first of January 2024. */
const january = 19_723;
const row = (authority: string, kind: string, told: { began: number; ended: number; day: number; cases: number }) => ({ authority, part: null, kind, ended: told.ended, days: `${told.day}`, cases: `${told.cases}` });

describe('DoLS requests that wait when months end', () => {
  const cells = dolsWaiting.cells(
    [
      row('W', 'new', { began: 0, ended: 2, day: january, cases: 2 }),
      row('W', 'renewal', { began: 0, ended: 3, day: january + 9, cases: 1 }),
      row('N', 'new', { began: 1, ended: 3, day: january + 31, cases: 1 }),
    ],
    question,
  );
  const at = (authority: string, period: number) => cells.find((cell) => cell.authority === authority && cell.period === period)?.values;

  it('are counted by council and for all, from the end of the first month in which they wait to that before they no longer do', () => {
    expect(at('W', 0)).toEqual({ waiting: 3, new: 2, renewal: 1, median_days: 30, max_days: 30 });
    expect(at('W', 2)).toEqual({ waiting: 1, new: 0, renewal: 1, median_days: 81, max_days: 81 });
    expect(at('N', 0)).toEqual({ waiting: 0, new: 0, renewal: 0, median_days: null, max_days: null });
    expect(at('all', 1)).toEqual({ waiting: 4, new: 3, renewal: 1, median_days: 54.5, max_days: 59 });
  });

  it('take the mean of the two in the middle where their number is even', () => expect(at('all', 2)).toMatchObject({ waiting: 2, median_days: 70 }));
});
