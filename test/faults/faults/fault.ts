import type { Random } from '../../oracle/random.ts';
import type { Load } from '../load/load.ts';
import type { FaultSystem, Shape } from '../plant/system.ts';

/** What a fault is done to, while the load goes on. */
export interface Hit {
  system: FaultSystem;
  load: Load;
  random: Random;
  seed: number;
}

/** Something that goes wrong, and is over when `strike` resolves. */
export interface Fault {
  name: string;
  /** Short enough for every run of the tests. */
  isQuick: boolean;
  needs?: Partial<Shape>;
  /** So soon after it is over everything has to be done; as soon as it may, unless told. */
  caughtUpWithinMs?: number;
  strike(hit: Hit): Promise<void>;
}
