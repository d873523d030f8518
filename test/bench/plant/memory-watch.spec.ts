import { growthOf, MemoryWatch } from './memory-watch.ts';

const us = { name: 'triage', pid: process.pid };

describe('the memory of processes', () => {
  it('is looked at for as long as something goes on', async () => {
    const watch = new MemoryWatch({ processes: [us] });
    await watch.during(async () => undefined);
    expect(watch.byProgram.get('triage')).toHaveLength(1);
    expect(watch.most).toBeGreaterThan(5);
  });

  it('is that of the largest process of a program, and of all of them together', () => {
    const watch = new MemoryWatch({ processes: [us, us, { name: 'guard', pid: process.pid }] });
    watch.look();
    expect([...watch.byProgram.keys()]).toEqual(['triage']);
    expect(watch.mostOfAll('triage')).toBeGreaterThan(1.9 * watch.most);
  });

  it('is not taken for little where it cannot be seen', () => {
    expect(() => new MemoryWatch({ processes: [{ name: 'triage', pid: 2 ** 22 + 1 }] }).look()).toThrow('no process');
  });

  it('fails where what goes on fails', async () => {
    await expect(new MemoryWatch({ processes: [us] }).during(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});

describe('how much memory grew', () => {
  it('is the last quarter against the second, whatever the first was', () => {
    expect(growthOf([1, 1, 100, 100, 104, 107, 110, 110])).toBeCloseTo(1.1);
  });

  it('is nothing where it was looked at once', () => {
    expect(growthOf([80])).toBe(1);
  });
});
