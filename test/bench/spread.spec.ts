import { middle, quantile, spreadOf } from './spread.ts';

describe('what some rounds came to', () => {
  it('is their least, middle and most, with the rounds in their order', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3, rounds: [3, 1, 2] });
  });

  it('has its middle between two where there are as many below as above', () => {
    expect(middle([4, 1, 3, 2])).toBe(2.5);
  });

  it('orders numbers as numbers', () => {
    expect(spreadOf([10, 9, 100])).toMatchObject({ min: 9, median: 10, max: 100 });
  });

  it('is nothing without a round', () => {
    expect(() => spreadOf([])).toThrow('no round');
  });
});

describe('a share of values', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  it.each([[0.99, 99], [0.5, 50], [1, 100], [0, 1]])('%d of a hundred is the value at that rank', (share, expected) => {
    expect(quantile(hundred, share)).toBe(expected);
  });

  it('is the greatest of a few', () => {
    expect(quantile([5, 7, 6], 0.99)).toBe(7);
  });
});
