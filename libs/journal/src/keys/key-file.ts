import { readFileSync, statSync } from 'node:fs';
import { type KeyRing, readKeyRing } from './key-ring.js';

/** Where the keys of a service come from. */
export interface KeySource {
  read(): KeyRing;
  /** What it says now, where that is something else than it said the last time. */
  news(): KeyRing | undefined;
}

/** A file that somebody may put another in the place of while the service runs. */
export class KeyFile implements KeySource {
  private seen = '';

  constructor(private readonly path: string) {}

  /** Throws where it cannot be read or holds no keys. */
  read(): KeyRing {
    const seen = this.look();
    const ring = readKeyRing(readFileSync(this.path, 'utf8'));
    this.seen = seen;
    return ring;
  }

  /** A file that is away or half written says nothing new. */
  news(): KeyRing | undefined {
    try {
      return this.look() === this.seen ? undefined : this.read();
    } catch {
      return undefined;
    }
  }

  private look(): string {
    const { ino, mtimeMs, size } = statSync(this.path);
    return `${ino} ${mtimeMs} ${size}`;
  }
}
