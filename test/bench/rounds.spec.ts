import { ratioAtLeast } from './bench.ts';
import { runRounds } from './rounds.ts';

function noted(more: { rounds?: number; warmUps?: number } = {}) {
  const order: string[] = [];
  const side = (name: string, figure: number) => ({ name, round: async ({ number, seed }: { number: number; seed: number }) => (order.push(`${name}${number} of ${seed}`), figure) });
  const comparison = { what: 'what', unit: 'ms', ours: side('A', 1), against: side('B', 2), goal: ratioAtLeast(1), ...more };
  return { order, comparison };
}

describe('running a comparison', () => {
  it('takes turns, after a warm-up that counts for nothing', async () => {
    const { order, comparison } = noted({ rounds: 2 });
    expect(await runRounds(comparison, { seed: 7 })).toEqual([{ ours: 1, against: 2 }, { ours: 1, against: 2 }]);
    expect(order).toEqual(['A0 of 7000', 'B0 of 7000', 'A1 of 7001', 'B1 of 7001', 'A2 of 7002', 'B2 of 7002']);
  });

  it('has five rounds unless told otherwise, and as many as were asked for', async () => {
    expect(await runRounds(noted().comparison, { seed: 1 })).toHaveLength(5);
    expect(await runRounds(noted({ rounds: 2 }).comparison, { seed: 1 })).toHaveLength(2);
    expect(await runRounds(noted({ rounds: 2 }).comparison, { seed: 1, rounds: 9 })).toHaveLength(9);
  });

  it('does without a warm-up where one takes minutes', async () => {
    const { order, comparison } = noted({ rounds: 1, warmUps: 0 });
    await runRounds(comparison, { seed: 1 });
    expect(order).toEqual(['A1 of 1001', 'B1 of 1001']);
  });

  it('tells what every round came to', async () => {
    const heard: unknown[] = [];
    await runRounds(noted({ rounds: 1 }).comparison, { seed: 1, onRound: (...told) => heard.push(told) });
    expect(heard).toEqual([[0, 1, { ours: 1, against: 2 }], [1, 1, { ours: 1, against: 2 }]]);
  });

  it('runs one side alone where nothing stands against it', async () => {
    const { against: _, ...alone } = noted({ rounds: 1, warmUps: 0 }).comparison;
    expect(await runRounds(alone, { seed: 1 })).toEqual([{ ours: 1, against: NaN }]);
  });
});
