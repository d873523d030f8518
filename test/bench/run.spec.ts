import { atMost, type Bench, bench } from './bench.ts';
import { BenchGround } from './ground.ts';
import { BenchRun, chosen } from './run.ts';

const quiet = (): void => undefined;
const asked = { seed: 3, isFull: false, rounds: 1 };
const made = (name: string, more: Partial<Bench<number>> = {}): Bench =>
  bench<number>({
    name,
    measures: 'what it measures',
    runs: 'always',
    sizes: { usual: 10, full: 1_000 },
    async run(ground, size) {
      await ground.measure({ what: 'its size', unit: 's', ours: { name: 'ours', round: async () => size }, goal: atMost(10, 's') });
    },
    ...more,
  });

describe('choosing benches', () => {
  const all = [made('intake'), made('england', { runs: 'full' }), made('peer', { runs: 'asked' })];
  const names = (these: Bench[]): string[] => these.map(({ name }) => name);

  it('has a default set, a full one, and any by its name', () => {
    expect(names(chosen(all, { isFull: false }))).toEqual(['intake']);
    expect(names(chosen(all, { isFull: true }))).toEqual(['intake', 'england']);
    expect(names(chosen(all, { name: 'peer', isFull: false }))).toEqual(['peer']);
  });

  it('says which there are where none is called so', () => {
    expect(() => chosen(all, { name: 'intak', isFull: false })).toThrow('intake, england, peer');
  });
});

describe('running benches', () => {
  it('gives each its sizes, and is well where all reach what they must', async () => {
    expect(await new BenchRun(asked, quiet).run([made('one')])).toMatchObject({ seed: 3, full: false, ok: true, benches: [{ name: 'one', failed: null, measured: [{ ours: { rounds: [10] }, reached: true }] }] });
    expect(await new BenchRun({ ...asked, isFull: true }, quiet).run([made('one')])).toMatchObject({ full: true, ok: false, benches: [{ measured: [{ ours: { rounds: [1_000] }, reached: false }] }] });
  });

  it('goes on after one that could not be run, and is not well', async () => {
    const broken = made('broken', { run: () => Promise.reject(new Error('nothing would start')) });
    const report = await new BenchRun(asked, quiet).run([broken, made('other')]);
    expect(report).toMatchObject({ ok: false, benches: [{ failed: 'nothing would start', measured: [] }, { failed: null }] });
  });

  it('takes away what a bench needed, the last first, also where that fails', async () => {
    const gone: string[] = [];
    const needy = made('needy', {
      async run(ground) {
        ground.onEnd(() => gone.push('first'));
        ground.onEnd(() => Promise.reject(new Error('stuck')));
        ground.onEnd(() => gone.push('last'));
        throw new Error('broke off');
      },
    });
    await new BenchRun(asked, quiet).run([needy]);
    expect(gone).toEqual(['last', 'first']);
  });

  it('begins nothing more once it was stopped', async () => {
    const run = new BenchRun(asked, quiet);
    const report = await run.run([made('one', { run: () => run.stop() }), made('two')]);
    expect(report.benches.map(({ name }) => name)).toEqual(['one']);
  });

  it('ends a bench’s ground once, however often it is asked to', async () => {
    const ground = new BenchGround(asked, quiet);
    let times = 0;
    ground.onEnd(() => (times += 1));
    await Promise.all([ground.end(), ground.end()]);
    expect(times).toBe(1);
  });
});
