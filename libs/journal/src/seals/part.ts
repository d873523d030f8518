import type { KeyObject } from 'node:crypto';
import type { Log } from '../settled.js';
import { MerkleTree } from './merkle.js';
import { readPositions, writePositions } from './positions.js';
import { leafOf, type LogRow, positionOf } from './sealed-logs.js';

/** What a seal says of one log: the rows after `after`, up to and with `upTo`. */
export interface Part {
  after: number;
  upTo: number;
  rows: number;
  /** The Merkle root over the rows' leaves, which is what is sealed. */
  root: string;
  /** Which positions have a row, and the beginning of each row's leaf: they show where it is that the root does not hold. */
  positions: string;
  marks: string;
}

/** Bytes of a leaf that are kept. The root holds the whole: a mark has only to point at a row. */
const markLength = 6;
const markOf = (leaf: Buffer): string => leaf.subarray(0, markLength).toString('base64url');
const markText = 8;

/** Collects rows, in the order of their positions, into what a seal says of them. */
export class PartMaker {
  private readonly tree = new MerkleTree();
  private readonly positions: number[] = [];
  private readonly marks: string[] = [];

  constructor(
    private readonly key: KeyObject,
    private readonly log: Log,
  ) {}

  add(row: LogRow): void {
    const leaf = leafOf(this.key, this.log, row);
    this.tree.add(leaf);
    this.positions.push(positionOf(this.log, row));
    this.marks.push(markOf(leaf));
  }

  part({ after, upTo }: { after: number; upTo: number }): Part {
    return {
      after,
      upTo,
      rows: this.positions.length,
      root: this.tree.root().toString('base64url'),
      positions: writePositions(this.positions),
      marks: this.marks.join(''),
    };
  }
}

export interface Difference {
  missing: number[];
  changed: number[];
  added: number[];
}

/** Where the rows that are there differ from those that were sealed; undefined where they do not. */
export function differenceOf(sealed: Part, found: Part): Difference | undefined {
  if (sealed.root === found.root && sealed.rows === found.rows) return undefined;
  const [before, now] = [marksOf(sealed), marksOf(found)];
  return {
    missing: [...before.keys()].filter((position) => !now.has(position)),
    changed: [...before].filter(([position, mark]) => now.has(position) && now.get(position) !== mark).map(([position]) => position),
    added: [...now.keys()].filter((position) => !before.has(position)),
  };
}

const marksOf = ({ positions, marks }: Part): Map<number, string> =>
  new Map(readPositions(positions).map((position, index) => [position, marks.slice(index * markText, (index + 1) * markText)]));
