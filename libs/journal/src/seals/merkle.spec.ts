import { createHash } from 'node:crypto';
import { assert, integer, property } from 'fast-check';
import { MerkleTree } from './merkle.js';

const sha = (...parts: (string | Buffer)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leaves = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => sha(`leaf ${index}`));

function rootOf(all: Buffer[]): Buffer {
  const tree = new MerkleTree();
  for (const leaf of all) tree.add(leaf);
  return tree.root();
}

/** As RFC 9162, 2.1.1, says it: split at the greatest power of two below the number of leaves. */
function byTheBook(all: Buffer[]): Buffer {
  if (all.length <= 1) return all[0] ?? sha();
  let half = 1;
  while (half * 2 < all.length) half *= 2;
  return sha('\x01', byTheBook(all.slice(0, half)), byTheBook(all.slice(half)));
}

describe('the root over leaves', () => {
  it('is that of the book, however many there are', () =>
    assert(property(integer({ min: 0, max: 300 }), (count) => rootOf(leaves(count)).equals(byTheBook(leaves(count))))));

  it('is another when two leaves change places', () => {
    const [a, b, ...rest] = leaves(5) as [Buffer, Buffer, ...Buffer[]];
    expect(rootOf([b, a, ...rest])).not.toEqual(rootOf([a, b, ...rest]));
  });
});
