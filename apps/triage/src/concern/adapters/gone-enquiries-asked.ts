import { Logger } from '@nestjs/common';
import { z } from 'zod';
import { onceMore, type Peer } from '#libs/platform';
import { GoneEnquiries } from '../application/gone-enquiries.js';

const reply = z.object({ concernIds: z.array(z.uuid()) });

/** Asks `section42`. Where that does not answer, a concern is kept with its enquiry. */
export class GoneEnquiriesAsked extends GoneEnquiries {
  private readonly log = new Logger('GoneEnquiries');

  constructor(private readonly section42: Peer | undefined) {
    super();
  }

  async among(concernIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { section42 } = this;
    if (concernIds.length === 0 || !section42) return new Set();
    try {
      const headers = { ...(await section42.signing()), 'content-type': 'application/json' };
      const answer = await onceMore(() => fetch(`${section42.url}/internal/enquiries/disposed`, { method: 'POST', redirect: 'error', headers, body: JSON.stringify({ concernIds }), signal: AbortSignal.timeout(5_000) }));
      if (answer.ok) return new Set(reply.parse(await answer.json()).concernIds);
      this.log.warn(`section42 answered ${answer.status} when it was asked which enquiries were disposed of`);
    } catch (error) {
      this.log.warn(`section42 could not be asked which enquiries were disposed of (${(error as Error).name})`);
    }
    return new Set();
  }
}
