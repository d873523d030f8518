import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Groups, type GroupsOptions, Undone } from './groups.js';

interface Item {
  name: string;
  kind?: string;
  id?: string;
}

const done = <Answer>(value: Answer): PromiseSettledResult<Answer> => ({ status: 'fulfilled', value });

/** Groups that tell which there were; each ends when it is let. */
function watched(options: Partial<GroupsOptions<Item, string>> = {}) {
  const begun: string[][] = [];
  const ends: (() => void)[] = [];
  const work = async (items: Item[]): Promise<PromiseSettledResult<string>[]> => {
    begun.push(items.map(({ name }) => name));
    await new Promise<void>((resolve) => ends.push(resolve));
    return options.work ? options.work(items) : items.map(({ name }) => done(name));
  };
  const groups = new Groups<Item, string>({ size: 10, atOnce: 1, kindOf: ({ kind = '' }) => kind, idOf: ({ id }) => id, ...options, work });
  const askFor = (...items: Item[]): Promise<PromiseSettledResult<string>[]> => Promise.allSettled(items.map((item) => groups.do(item)));
  const endNext = async (): Promise<void> => {
    await turn();
    ends.shift()!();
    await turn();
  };
  return { begun, askFor, endNext };
}

const named = (...names: string[]): Item[] => names.map((name) => ({ name }));
const answers = (outcomes: PromiseSettledResult<string>[]): unknown[] => outcomes.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message));

describe('doing together what waits at the same time', () => {
  it('begins at once where nothing is under way, and takes what comes meanwhile together', async () => {
    const { begun, askFor, endNext } = watched();
    const first = askFor(...named('a'));
    await turn();
    const others = askFor(...named('b', 'c', 'd'));
    await endNext();
    await endNext();
    expect(begun).toEqual([['a'], ['b', 'c', 'd']]);
    expect([answers(await first), answers(await others)]).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('takes no more together than it may, and leaves nobody waiting', async () => {
    const { begun, askFor, endNext } = watched({ size: 2 });
    const all = askFor(...named('a', 'b', 'c', 'd', 'e'));
    for (let n = 0; n < 3; n += 1) await endNext();
    expect(begun).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(answers(await all)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('has only those together that are alike, whoever has waited longest first', async () => {
    const { begun, askFor, endNext } = watched();
    const all = askFor({ name: 'a', kind: 'west' }, { name: 'b', kind: 'north' }, { name: 'c', kind: 'west' });
    for (let n = 0; n < 2; n += 1) await endNext();
    expect(begun).toEqual([['a', 'c'], ['b']]);
    expect(answers(await all)).toEqual(['a', 'b', 'c']);
  });

  it('has no two together that have one id', async () => {
    const { begun, askFor, endNext } = watched();
    const all = askFor({ name: 'a', id: '1' }, { name: 'b', id: '1' }, { name: 'c' }, { name: 'd' });
    for (let n = 0; n < 2; n += 1) await endNext();
    expect(begun).toEqual([['a', 'c', 'd'], ['b']]);
    expect(answers(await all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('begins another beside the one that is under way where many wait, and not for a few', async () => {
    const { begun, askFor, endNext } = watched({ size: 64, atOnce: 2 });
    void askFor(...named('a'));
    await turn();
    void askFor(...named('b', 'c'));
    await turn();
    expect(begun).toEqual([['a']]);
    void askFor(...named(...Array.from({ length: 14 }, (_, nth) => `many-${nth}`)));
    await turn();
    expect(begun.map((group) => group.length)).toEqual([1, 16]);
    void askFor(...named(...Array.from({ length: 40 }, (_, nth) => `more-${nth}`)));
    await turn();
    expect(begun).toHaveLength(2);
    await endNext();
    await turn();
    expect(begun.map((group) => group.length)).toEqual([1, 16, 40]);
  });

  it('waits for a slow group no longer than a moment', async () => {
    const { begun, askFor } = watched();
    void askFor(...named('stuck'));
    await turn();
    void askFor(...named('a'));
    await turn();
    expect(begun).toEqual([['stuck']]);
    await pause(200);
    expect(begun).toEqual([['stuck'], ['a']]);
  });
});

describe('a group that fails', () => {
  const failing = (make: (cause: Error) => Error) => ({
    work: async (items: Item[]) => {
      if (items.some(({ name }) => name === 'bad')) throw make(new Error('bad was in it'));
      return items.map(({ name }) => done(name));
    },
  });
  const eight = named('a', 'b', 'c', 'bad', 'e', 'f', 'g', 'h');

  it('is done in halves where nothing of it was kept, so that one that is bad fails alone', async () => {
    const { begun, askFor, endNext } = watched(failing((cause) => new Undone(cause)));
    const all = askFor(...eight);
    for (let n = 0; n < 7; n += 1) await endNext();
    expect(begun.map((group) => group.length)).toEqual([8, 4, 2, 2, 1, 1, 4]);
    expect(answers(await all)).toEqual(['a', 'b', 'c', 'bad was in it', 'e', 'f', 'g', 'h']);
  });

  it('is not done again where something of it may have been kept', async () => {
    const { begun, askFor, endNext } = watched(failing((cause) => cause));
    const all = askFor(...eight);
    await endNext();
    expect(begun).toHaveLength(1);
    expect(answers(await all)).toEqual(eight.map(() => 'bad was in it'));
  });

  it('holds up nobody who comes after it', async () => {
    const { askFor, endNext } = watched(failing((cause) => cause));
    const first = askFor(...named('bad'));
    await endNext();
    await first;
    const next = askFor(...named('a'));
    await endNext();
    expect(answers(await next)).toEqual(['a']);
  });
});
