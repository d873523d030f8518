import { DatabaseAway } from './problem.js';
import { unlessAway } from './unless-away.js';

/** A watch over a database that somebody ends by hand. */
function aWatch() {
  const told = new Set<() => void>();
  const whenAway = (tell: () => void) => {
    told.add(tell);
    return () => void told.delete(tell);
  };
  return { pulse: { whenAway }, told, hang: () => told.forEach((tell) => tell()) };
}

describe('asking a database', () => {
  it('ends where it hangs', async () => {
    const { pulse, told, hang } = aWatch();
    const asking = unlessAway(pulse, new Promise<never>(() => {}));
    hang();
    await expect(asking).rejects.toThrow(DatabaseAway);
    expect(told.size).toBe(0);
  });

  it('gives its answer, or its failure, and watches no longer', async () => {
    const { pulse, told } = aWatch();
    expect(await unlessAway(pulse, Promise.resolve('an answer'))).toBe('an answer');
    await expect(unlessAway(pulse, Promise.reject(new Error('a failure')))).rejects.toThrow('a failure');
    expect(told.size).toBe(0);
  });
});
