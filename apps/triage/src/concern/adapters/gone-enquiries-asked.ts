import { Logger } from '@nestjs/common';
import { z } from 'zod';
import { onceMore, type Peer } from '#libs/platform';
import { GoneEnquiries, type ItsEnquiry } from '../application/gone-enquiries.js';

const reply = z.object({ enquiries: z.array(z.object({ concernId: z.uuid(), enquiryId: z.uuid(), isDisposed: z.boolean(), onHold: z.boolean() })) });

/** Asks `section42`. Where that does not answer, a concern is kept with its enquiry. */
export class GoneEnquiriesAsked extends GoneEnquiries {
  private readonly log = new Logger('GoneEnquiries');

  constructor(private readonly section42: Peer | undefined) {
    super();
  }

  async of(concernIds: readonly string[]): Promise<ReadonlyMap<string, ItsEnquiry> | undefined> {
    const { section42 } = this;
    if (concernIds.length === 0) return new Map();
    if (!section42) return undefined;
    try {
      const headers = { ...(await section42.signing()), 'content-type': 'application/json' };
      const answer = await onceMore(() => fetch(`${section42.url}/internal/enquiries/disposed`, { method: 'POST', redirect: 'error', headers, body: JSON.stringify({ concernIds }), signal: AbortSignal.timeout(5_000) }));
      if (answer.ok) return new Map(reply.parse(await answer.json()).enquiries.map(({ concernId, ...enquiry }) => [concernId, enquiry]));
      this.log.warn(`section42 answered ${answer.status} when it was asked which enquiries were disposed of`);
    } catch (error) {
      this.log.warn(`section42 could not be asked which enquiries were disposed of (${(error as Error).name})`);
    }
    return undefined;
  }
}
