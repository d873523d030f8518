import type { DomainEvent, Published } from './event.js';
import { publishing, together } from './kinds.js';
import type { Slice, Standing } from './slice.js';
import { fold } from '#libs/decider';

interface Counted extends DomainEvent {
  type: 'CatFound' | 'DogFound' | 'Fed';
}

const at = '2026-06-01T09:00:00.000000Z';
const projected: Record<string, Standing<number>[]> = {};

const counting = (begins: 'CatFound' | 'DogFound'): Slice<number, never, Counted> => ({
  begins,
  decider: { initialState: 0, decide: () => [], evolve: (state) => state + 1 },
  publish: publishing<Counted & { type: typeof begins }>({ [begins]: (): Published[] => [{ type: begins, data: {} }] } as never),
  project: async (_tx, standings) => void (projected[begins] = standings),
});

const [cats, dogs] = [counting('CatFound'), counting('DogFound')];
const both = together([cats, dogs]);
const story = (...types: Counted['type'][]) => types.map((type) => ({ type, at }));

describe('several kinds of record in one journal', () => {
  it('are told apart by the event that begins a story, and each is folded by its own rules', () => {
    expect(fold(both.decider, story('DogFound', 'Fed'))).toEqual({ kind: dogs, state: 2 });
    expect(fold(both.decider, story('CatFound'))).toEqual({ kind: cats, state: 1 });
    expect(() => fold(both.decider, story('Fed'))).toThrow('no kind of record begins with Fed');
  });
  it('publish what their own kind publishes', () => {
    expect(both.publish({ type: 'CatFound', at })).toEqual([{ type: 'CatFound', data: {} }]);
    expect(both.publish({ type: 'Fed', at })).toEqual([]);
  });
  it('are written to the read tables of their own kind', async () => {
    const standing = (recordId: string, ...types: Counted['type'][]) => ({ recordId, authority: null, begunBy: null, sequence: types.length, state: fold(both.decider, story(...types)) });
    await both.project({} as never, [standing('cat-1', 'CatFound', 'Fed'), standing('dog-1', 'DogFound')]);
    expect(projected).toEqual({
      CatFound: [{ recordId: 'cat-1', authority: null, begunBy: null, sequence: 2, state: 2 }],
      DogFound: [{ recordId: 'dog-1', authority: null, begunBy: null, sequence: 1, state: 1 }],
    });
  });
});
