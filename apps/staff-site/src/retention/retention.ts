import { Injectable, NotFoundException } from '@nestjs/common';
import { type Answer, because, ServiceUnavailable } from '#libs/pages';
import { Services } from '../outside.js';
import { isAway, unlessAway } from '../unless-away.js';
import { type Act, ACTS, type DuePage, duePage, found, type HeldPage, heldPage, type Kind, KINDS, type Review, review } from './shapes.js';

/** What is asked for at most before a page is shown without any: what was quiet for years may still not be due. */
const mostAsked = 20;

/** What each service keeps, and for how long. */
@Injectable()
export class Retention {
  constructor(private readonly services: Services) {}

  /** The next of a kind that are due; fewer than a page where the rest of what was quiet is not. */
  async due(kind: Kind, after: string): Promise<DuePage> {
    let page = await this.page(kind, after);
    for (let asked = 1; page.items.length === 0 && page.isWhole && page.next !== null && asked < mostAsked; asked += 1) {
      const next = await this.page(kind, page.next).catch(unlessAway);
      // What was looked at so far stays, and where to go on from.
      if (isAway(next)) break;
      page = next;
    }
    return page;
  }

  /** The next of a kind that are under a legal hold. */
  held(kind: Kind, after: string): Promise<HeldPage> {
    return this.of(kind).get('/retention/held', { limit: '200', ...(after && { after }) }, heldPage);
  }

  async one(kind: Kind, id: string): Promise<Review> {
    const one = await this.of(kind).find(`/${kind}/${encodeURIComponent(id)}/retention`, review);
    if (!one) throw new NotFoundException();
    return one;
  }

  async called(kind: Kind, reference: string): Promise<Review[]> {
    const { status, body } = await this.of(kind).query('/retention/find', { reference });
    // What can be no reference is none.
    if (status === 400) return [];
    const { success, data } = found.safeParse(body);
    if (!success) throw new ServiceUnavailable(KINDS[kind].service);
    return data.items;
  }

  send(kind: Kind, { id, act, reason }: { id: string; act: Act; reason: string }, { seen, key }: { seen: number; key: string }): Promise<Answer> {
    const body = act === 'hold' || act === 'lift' ? { held: act === 'hold', reason } : { reason };
    return this.of(kind).post(`/${kind}/${encodeURIComponent(id)}/${ACTS[act].path}`, body, { 'if-match': `"${seen}"`, 'idempotency-key': key });
  }

  private page(kind: Kind, after: string): Promise<DuePage> {
    return this.of(kind).get('/retention/due', { limit: '200', ...(after && { after }) }, duePage);
  }

  private of(kind: Kind) {
    return this.services[KINDS[kind].service].as(because('retention'));
  }
}
