import { barChart } from './bar-chart.js';
import { lineChart } from './line-chart.js';

const points = [
  { label: '2025-01', tick: '2025', value: 10 },
  { label: '2025-02', value: null },
  { label: '2025-03', value: 20 },
];
const line = lineChart({ id: 'a', title: 'A', description: 'B', unit: 'number', points, target: { value: 15, label: 'Aim' }, published: [{ from: '2025-03', to: '2025-03', low: 20, high: 20 }, { from: '2025-01', to: '2025-03', low: 5, high: 25 }] });

describe('a line chart', () => {
  it('begins at nought and ends at a round number above the greatest value', () => {
    expect(line.ticksY[0]?.text).toBe('0');
    expect(Number(line.ticksY.at(-1)?.text)).toBeGreaterThanOrEqual(25);
  });
  it('leaves a gap where nothing is known', () => expect(line.path.match(/M/g)).toHaveLength(2));
  it('names the years along its foot and its last value', () => {
    expect(line.ticksX.map(({ text }) => text)).toEqual(['2025']);
    expect(line.last?.text).toBe('20');
  });
  it('tells a published value from a published range by its shape', () =>
    expect(line.published.map(({ shape }) => shape)).toEqual(['diamond', 'box']));
  it('can be drawn of nothing', () => {
    const empty = lineChart({ id: 'a', title: 'A', description: 'B', unit: 'days', points: [] });
    expect(JSON.stringify(empty)).not.toMatch(/NaN|null/);
  });
});

describe('a bar chart', () => {
  const chart = barChart({ id: 'a', title: 'A', description: 'B', unit: 'percent', atLeast: 100, bars: [{ label: 'x', value: 50 }, { label: 'y', value: null }], targets: [{ value: 25, label: 'Aim' }] });
  it('draws bars as long as their values', () => expect(chart.bars[0]?.length).toBeCloseTo((chart.targets[0]!.at - chart.left) * 2, 0));
  it('sets each value by the end of its own bar, whatever line runs there', () => {
    const bars = [{ label: 'Mar 2024 to Feb 2025', value: 2.5 }, { label: 'Mar to Jul 2025', value: 4 }, { label: 'Dec 2025 to Nov 2026', value: 3.1 }, { label: '2023', value: 0.2 }];
    const drawn = barChart({ id: 'a', title: 'A', description: 'B', unit: 'days', bars, targets: [{ value: 1, label: 'Aim: 24 hours' }, { value: 5, label: 'Standard: 5 days' }] });
    expect(drawn.bars.map(({ textAt, length, isInside }) => Math.round(textAt - drawn.left - length) * (isInside ? -1 : 1))).toEqual([7, 7, 7, 7]);
    expect(drawn.bars.map(({ isInside }) => isInside)).toEqual([false, true, true, false]);
  });
  it('says where there is no data', () => expect(chart.bars.map(({ text }) => text)).toEqual(['50.0%', 'no data']));
});
