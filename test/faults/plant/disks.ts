import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../tools/servers/run.ts';

const places = ['nats', 'postgres'] as const;

export type Place = (typeof places)[number];

const sizes: Record<Place, string> = { nats: '64m', postgres: '512m' };

/** Small file systems of their own for the broker's and the database's data, which a fault can fill. */
export class Disks {
  readonly #home: string;
  #mounted: Place[] = [];

  constructor(home: string) {
    this.#home = home;
  }

  /** Whether this machine lets us mount at all. */
  static async areAllowed(): Promise<boolean> {
    const place = mkdtempSync(join(tmpdir(), 'caseward-may-mount-'));
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    if (mounted.ok) await run('umount', [place]);
    rmSync(place, { recursive: true, force: true });
    return mounted.ok;
  }

  async mount(): Promise<void> {
    for (const place of places) {
      const folder = join(this.#home, place);
      mkdirSync(folder, { recursive: true });
      const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${sizes[place]},mode=0700`, 'tmpfs', folder]);
      if (!mounted.ok) throw new Error(`a small file system could not be mounted: ${mounted.output}`);
      this.#mounted.push(place);
    }
  }

  /** Takes all the room that is left but so much. */
  fill(place: Place, leaving = 0): void {
    const { bavail, bsize } = statfsSync(join(this.#home, place));
    try {
      writeFileSync(this.#filler(place), Buffer.alloc(Math.max(0, bavail * bsize - leaving)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  empty(place: Place): void {
    rmSync(this.#filler(place), { force: true });
  }

  async unmount(): Promise<void> {
    for (const place of this.#mounted) await run('umount', ['-l', join(this.#home, place)]);
    this.#mounted = [];
  }

  #filler(place: Place): string {
    return join(this.#home, place, 'filler');
  }
}
