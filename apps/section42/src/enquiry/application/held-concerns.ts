import type { HeldWith } from '#libs/retention';

/** Which concerns are under a legal hold: who keeps concerns says so. A hold on a concern keeps its enquiry too. */
export abstract class HeldConcerns {
  /** Those of these concerns that are on hold; undefined where that cannot be learnt now: all are kept. */
  abstract among(concernIds: readonly string[]): Promise<ReadonlySet<string> | undefined>;
}

export const heldAmong = (held: ReadonlySet<string> | undefined, concernId: string): HeldWith => (held === undefined ? 'not_known' : held.has(concernId) ? 'yes' : 'no');
