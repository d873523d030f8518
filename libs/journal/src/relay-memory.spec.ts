import { type CarrierState, isContinued } from './relay-memory.js';

const known = { created: 'June', last_sequence: 100, last_id: 'a:v1' };
const now: CarrierState = { created: 'June', firstSequence: 1, lastSequence: 100, lastId: 'a:v1', idAt: 'a:v1' };

describe('a stream that the relay comes back to', () => {
  it.each<[string, Partial<CarrierState>]>([
    ['ends where it ended', {}],
    ['has come further', { lastSequence: 120, lastId: 'b:v1' }],
    ['has what it had under another date', { created: 'July' }],
    ['has dropped all of it by age', { firstSequence: 101, lastId: null, idAt: null }],
    ['has dropped all of it by age, under another date', { created: 'July', firstSequence: 101, lastId: null, idAt: null }],
  ])('is the one that it knew where it %s', (_what, is) => {
    expect(isContinued(known, { ...now, ...is })).toBe(true);
  });

  it.each<[string, Partial<CarrierState>]>([
    ['is empty', { firstSequence: 0, lastSequence: 0, lastId: null, idAt: null }],
    ['ends earlier', { lastSequence: 80, lastId: 'c:v1', idAt: null }],
    ['has something else where the last one lay', { idAt: 'd:v1' }],
    ['was made anew and holds something already', { created: 'July', lastSequence: 1, lastId: 'd:v1', idAt: null }],
  ])('has lost something where it %s', (_what, is) => {
    expect(isContinued(known, { ...now, ...is })).toBe(false);
  });

  it('has lost nothing where nothing ever came of it', () => {
    expect(isContinued({ ...known, last_sequence: 0, last_id: '' }, { ...now, created: 'July' })).toBe(true);
  });
});
