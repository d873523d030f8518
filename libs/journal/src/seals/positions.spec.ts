import { array, assert, integer, property } from 'fast-check';
import { readPositions, runsOf, writePositions } from './positions.js';

const ascending = array(integer({ min: 1, max: 100 }), { maxLength: 60 }).map((all) => [...new Set(all)].toSorted((a, b) => a - b));

describe('positions in few characters', () => {
  it('are runs, with gaps where nothing was committed', () => {
    expect(writePositions([1, 2, 3, 5, 7, 8])).toBe('1-3,5,7-8');
    expect(runsOf([4, 5, 9])).toEqual([{ from: 4, to: 5 }, { from: 9, to: 9 }]);
  });

  it('read back as they were', () => assert(property(ascending, (all) => expect(readPositions(writePositions(all))).toEqual(all))));
});
