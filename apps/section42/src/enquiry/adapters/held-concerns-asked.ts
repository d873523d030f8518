import { Logger } from '@nestjs/common';
import { z } from 'zod';
import { onceMore, type Peer } from '#libs/platform';
import { HeldConcerns } from '../application/held-concerns.js';

const reply = z.object({ concernIds: z.array(z.uuid()) });

/** Asks `triage`. Where that does not answer, an enquiry is kept. */
export class HeldConcernsAsked extends HeldConcerns {
  private readonly log = new Logger('HeldConcerns');

  constructor(private readonly triage: Peer) {
    super();
  }

  async among(concernIds: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    const { triage } = this;
    if (concernIds.length === 0) return new Set();
    try {
      const headers = { ...(await triage.signing()), 'content-type': 'application/json' };
      const answer = await onceMore(() => fetch(`${triage.url}/internal/concerns/on-hold`, { method: 'POST', redirect: 'error', headers, body: JSON.stringify({ concernIds }), signal: AbortSignal.timeout(5_000) }));
      if (answer.ok) return new Set(reply.parse(await answer.json()).concernIds);
      this.log.warn(`triage answered ${answer.status} when it was asked which concerns are on hold`);
    } catch (error) {
      this.log.warn(`triage could not be asked which concerns are on hold (${(error as Error).name})`);
    }
    return undefined;
  }
}
