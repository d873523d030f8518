import type { Vault } from '#libs/journal';
import type { TriageConcern } from '../domain/concern.js';

const range = 2 ** 32;

/**
 * Draws decisions for a second look by lot. A decision always draws the same, from the record and the version that it is made
 * on, which make its event, under the oldest key of the service: nobody who decides can foresee or steer it, and who has the
 * key can check it, also after it was changed.
 */
export class Lots {
  constructor(
    private readonly vault: Pick<Vault, 'lastingHmac'>,
    private readonly share: number,
  ) {}

  of(recordId: string, seen: number): TriageConcern['lot'] {
    return { value: this.vault.lastingHmac('second look', `${recordId}/${seen}`).readUInt32BE(0) / range, share: this.share };
  }
}
