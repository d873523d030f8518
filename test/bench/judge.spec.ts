import { addsAtMost, atMost, fasterAtLeast, type Goal, ratioAtLeast, ratioAtMost } from './bench.ts';
import { judged, missedBy } from './judge.ts';

const side = (name: string) => ({ name, round: async () => 0 });
const compared = (goal: Goal) => ({ what: 'concerns posted', unit: 'concerns a second', ours: side('Caseward'), against: side('the plainest program'), goal });

describe('judging a comparison', () => {
  it('judges the median of the rounds’ ratios, and not the ratio of two medians', () => {
    const pairs = [{ ours: 10, against: 100 }, { ours: 90, against: 100 }, { ours: 100, against: 125 }, { ours: 50, against: 50 }, { ours: 60, against: 200 }];
    const measured = judged(compared(ratioAtLeast(0.75)), pairs);
    expect(measured).toMatchObject({ reached: true, must: { atLeast: 0.75 }, ours: { min: 10, median: 60, max: 100 }, against: { name: 'the plainest program', median: 100 } });
    expect(measured.figure).toEqual({ name: 'ours / theirs', unit: 'times', min: 0.1, median: 0.8, max: 1, rounds: [0.1, 0.9, 0.8, 1, 0.3] });
  });

  it.each([
    ['a share that more is better of', ratioAtLeast(0.6), { ours: 60, against: 100 }, { ours: 59, against: 100 }],
    ['a multiple that less is better of', ratioAtMost(1.3), { ours: 13, against: 10 }, { ours: 14, against: 10 }],
    ['a time that the others take longer', fasterAtLeast(5), { ours: 2, against: 10 }, { ours: 3, against: 10 }],
    ['what ours adds', addsAtMost(30, 'ms'), { ours: 40, against: 10 }, { ours: 41, against: 10 }],
    ['a bound of ours alone', atMost(25, 's'), { ours: 25, against: NaN }, { ours: 25.1, against: NaN }],
  ])('holds %s to its bound, and to no less', (_, goal, enough, tooLittle) => {
    expect(judged(compared(goal), [enough]).reached).toBe(true);
    expect(judged(compared(goal), [tooLittle]).reached).toBe(false);
  });

  it('has nothing against ours where nothing stands against it', () => {
    const { against: _, ...alone } = compared(atMost(25, 's'));
    expect(judged(alone, [{ ours: 20, against: NaN }])).toMatchObject({ against: null, reached: true });
  });

  it('refuses a comparison that cannot be missed', () => {
    const toothless = { figure: 'ours / theirs', unit: 'times', of: () => 1 };
    expect(() => judged(compared(toothless), [{ ours: 1, against: 1 }])).toThrow('cannot be missed');
  });

  it('refuses a comparison without a round', () => {
    expect(() => judged(compared(ratioAtLeast(1)), [])).toThrow('no round');
  });
});

describe('missing what must be reached', () => {
  it('says by how much', () => {
    expect(missedBy(0.5, { atLeast: 0.6 })).toBeCloseTo(0.1);
    expect(missedBy(1.5, { atMost: 1.3 })).toBeCloseTo(0.2);
    expect(missedBy(1, { atLeast: 1, atMost: 1 })).toBe(0);
  });

  it('never takes what is no number for reached', () => {
    expect(missedBy(NaN, { atLeast: 0 })).toBe(Infinity);
    expect(judged(compared(ratioAtLeast(0.6)), [{ ours: 0, against: 0 }]).reached).toBe(false);
  });
});
