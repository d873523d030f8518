import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '#libs/journal';
import { inTurn, linesOf, resultsOf } from './verify.js';

const lines = async (...checks: Check[]) => Array.fromAsync(resultsOf(checks, () => {}));

const clean: Check = {
  name: 'clean',
  async *run() {
    yield* [];
    return { looked: 3 };
  },
};

const dirty: Check = {
  name: 'dirty',
  async *run() {
    yield { what: 'is not there', where: { position: 7 } };
    return { looked: 9, note: 'the last minute cannot be known' };
  },
};

const broken: Check = {
  name: 'broken',
  async *run() {
    yield { what: 'is not there', where: { position: 8 } };
    throw new TypeError('no');
  },
};

describe('telling what verifying found', () => {
  it('tells which checks there are, each thing that is wrong, and how much was looked at', async () => {
    expect(await lines(clean, dirty)).toEqual([
      { checks: ['clean', 'dirty'] },
      { check: 'clean', looked: 3, findings: 0 },
      { check: 'dirty', what: 'is not there', where: { position: 7 } },
      { check: 'dirty', looked: 9, note: 'the last minute cannot be known', findings: 1 },
    ]);
  });

  it('tells that a check could not be done, and does the next', async () => {
    expect((await lines(broken, clean)).slice(2)).toEqual([
      { check: 'broken', failed: 'TypeError' },
      { check: 'clean', looked: 3, findings: 0 },
    ]);
  });

  it('lets go of a check when nobody listens any more', async () => {
    let isOver = false;
    const long: Check = {
      name: 'long',
      async *run() {
        try {
          for (;;) yield { what: 'is wrong', where: {} };
        } finally {
          isOver = true;
        }
      },
    };
    for await (const line of resultsOf([long], () => {})) if ('what' in line) break;
    expect(isOver).toBe(true);
  });

  it('says now and then that it is still at it, so that nobody gives up on it', async () => {
    const slow: Check = {
      name: 'slow',
      async *run() {
        yield* [];
        await pause(100);
        return { looked: 1 };
      },
    };
    const said = await Array.fromAsync(linesOf(resultsOf([slow], () => {}), 10));
    expect(said.filter((line) => line === '\n').length).toBeGreaterThan(2);
    expect(said.filter((line) => line !== '\n').map((line) => JSON.parse(line))).toEqual(await lines(slow));
  });

  it('waits for its turn, and lets the next one in however it ends', async () => {
    let [isTaken, letGo] = [true, 0];
    const take = async () => (isTaken ? undefined : async () => void (letGo += 1));
    setTimeout(() => (isTaken = false), 30);
    const said = await Array.fromAsync(inTurn(resultsOf([clean], () => {}), take, 10));
    expect([said.length, said[0], letGo]).toEqual([expect.any(Number), { waits: 'for another verify' }, 1]);
    expect(said.filter((line) => !('waits' in line))).toEqual(await lines(clean));
    for await (const line of inTurn(resultsOf([dirty], () => {}), take)) if ('what' in line) break;
    expect(letGo).toBe(2);
  });
});
