import { BrokerWatch } from './broker-watch.js';

/** Looks every five seconds, for so long, at a broker that is as told; says when it was ended, in seconds. */
async function endings(seconds: number, isKeepingAt: (second: number) => boolean): Promise<number[]> {
  const ended: number[] = [];
  let second = 0;
  const watch = new BrokerWatch({ isKeeping: async () => isKeepingAt(second), end: () => ended.push(second), say: () => undefined, now: () => second * 1000 });
  for (; second <= seconds; second += 5) await watch.look();
  return ended;
}

describe('watching the broker', () => {
  it('leaves one alone that keeps what it is given', async () => expect(await endings(600, () => true)).toEqual([]));

  it('leaves one alone that is away for a moment, again and again', async () => expect(await endings(600, (second) => second % 30 === 0)).toEqual([]));

  it('ends one that kept nothing for half a minute', async () => expect(await endings(100, (second) => second < 50 || second > 80)).toEqual([75]));

  it('is more patient each time that it did not help, and as patient as at first when it did', async () => {
    expect(await endings(600, () => false)).toEqual([30, 90, 210, 450]);
    expect(await endings(200, (second) => second === 100)).toEqual([30, 90, 130, 190]);
  });
});
