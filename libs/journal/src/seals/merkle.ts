import { createHash } from 'node:crypto';

const node = (left: Buffer, right: Buffer): Buffer => createHash('sha256').update('\x01').update(left).update(right).digest();

/** The root over leaves that come one after another, shaped as RFC 9162 shapes its tree, in memory that grows with their logarithm. */
export class MerkleTree {
  /** Whole subtrees, the largest first. */
  private readonly subtrees: { height: number; root: Buffer }[] = [];

  add(leaf: Buffer): void {
    let added = { height: 0, root: leaf };
    for (let last = this.subtrees.at(-1); last?.height === added.height; last = this.subtrees.at(-1)) {
      this.subtrees.pop();
      added = { height: added.height + 1, root: node(last.root, added.root) };
    }
    this.subtrees.push(added);
  }

  /** Of no leaves it is the hash of nothing. */
  root(): Buffer {
    const roots = this.subtrees.map(({ root }) => root);
    return roots.length === 0 ? createHash('sha256').digest() : roots.reduceRight((right, left) => node(left, right));
  }
}
