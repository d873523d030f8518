import { ratioAtLeast } from './bench.ts';
import { judged } from './judge.ts';
import { type BenchReport, figure, isWell, lineOf, type Report, textOf } from './tell.ts';

const side = (name: string) => ({ name, round: async () => 0 });
const posted = (ours: number) =>
  judged({ what: '32 at once', unit: 'concerns a second', ours: side('Caseward'), against: side('Fastify and pg'), goal: ratioAtLeast(0.6) }, [{ ours, against: 300 }, { ours: ours + 10, against: 300 }, { ours: ours + 20, against: 300 }]);
const intake = (more: Partial<BenchReport> = {}): BenchReport => ({ name: 'intake', measures: 'concerns posted', measured: [posted(200)], notes: ['7 rows a concern'], seconds: 61.2, failed: null, ...more });
const reportOf = (...benches: BenchReport[]): Report => ({
  seed: 42,
  full: false,
  machine: { cores: 2, model: 'an invented processor', memoryBytes: 24 * 2 ** 30, kernel: 'Linux 6.1.0', load: 0.12, data: 'ext4 (/)' },
  versions: { caseward: '0.1.0', revision: 'abc1234567', node: '24.21.0', postgres: '18.4', nats: '2.9.10' },
  benches,
  ok: isWell(benches),
});

describe('telling of a run', () => {
  it('says on what, with which versions and from which seed it was measured', () => {
    const text = textOf(reportOf(intake()));
    for (const said of ['Caseward 0.1.0, revision abc1234567', 'Node 24.21.0', 'PostgreSQL 18.4', 'NATS 2.9.10', 'seed 42', '2 cores (an invented processor), 24.0 GiB, Linux 6.1.0; data on ext4 (/); load before 0.12']) expect(text).toContain(said);
  });

  it('says of each side and of the ratio the least, the middle and the most, and that it was reached', () => {
    const text = textOf(reportOf(intake()));
    expect(text).toMatch(/32 at once \(concerns a second, 3 rounds\)/);
    expect(text).toMatch(/Caseward +200 +210 +220\n/);
    expect(text).toMatch(/Fastify and pg +300 +300 +300\n/);
    expect(text).toMatch(/ours \/ theirs, times +0\.67 +0\.70 +0\.73 +reached: at least 0\.60 times/);
    expect(text).toContain('· 7 rows a concern');
    expect(text).toMatch(/\n1 of 1 reached; 61 s in all$/);
  });

  it('says by how much it was missed', () => {
    const missed = intake({ measured: [posted(110)] });
    expect(textOf(reportOf(missed))).toContain('MISSED by 0.20 times: must be at least 0.60');
    expect(textOf(reportOf(missed))).toMatch(/\n0 of 1 reached, 1 missed; 61 s in all$/);
    expect(lineOf(posted(110))).toContain('MISSED by 0.20');
  });

  it('says which bench could not be run, and why', () => {
    const text = textOf(reportOf(intake({ measured: [], failed: 'the system did not come up' })));
    expect(text).toContain('NOT RUN to its end: the system did not come up');
    expect(text).toContain('; not run to the end: intake; 61 s');
  });

  it('is one JSON document with every round in it', () => {
    const told = JSON.parse(JSON.stringify(reportOf(intake())));
    expect(told).toMatchObject({ seed: 42, ok: true, machine: { cores: 2 }, versions: { node: '24.21.0' } });
    expect(told.benches[0].measured[0]).toMatchObject({ reached: true, must: { atLeast: 0.6 }, ours: { rounds: [200, 210, 220] }, against: { name: 'Fastify and pg' }, figure: { median: 0.7, unit: 'times' } });
  });
});

describe('a run', () => {
  it('is well only where every bench ran, measured something and reached what it must', () => {
    expect(isWell([intake()])).toBe(true);
    expect(isWell([intake(), intake({ measured: [posted(200), posted(100)] })])).toBe(false);
    expect(isWell([intake(), intake({ failed: 'it broke off' })])).toBe(false);
    expect(isWell([intake({ measured: [] })])).toBe(false);
    expect(isWell([])).toBe(false);
  });
});

describe('a figure for people', () => {
  it.each([[1234.5, '1,235'], [210.04, '210'], [42.16, '42.2'], [0.6, '0.60'], [0.0213, '0.0213'], [0, '0.00'], [NaN, '–'], [Infinity, '–']])('%d is %s', (value, said) => {
    expect(figure(value)).toBe(said);
  });
});
