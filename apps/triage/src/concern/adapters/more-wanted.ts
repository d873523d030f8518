import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { Concerns } from '../application/concerns.js';
import { Post } from '../application/post.js';
import { Contacts, reachBy } from '../application/reach.js';
import type { AskForMore } from '../domain/concern.js';
import { noticeEnd, noticeWay } from '../domain/noticing.js';
import { Sendings } from './persistence/sendings.js';

/** The notice to whoever raised a concern that more is wanted, of which nobody writes a word. */
@Injectable()
export class MoreWanted {
  constructor(
    private readonly concerns: Concerns,
    private readonly contacts: Contacts,
    private readonly sendings: Sendings,
    private readonly carrier: Post,
  ) {}

  /** What the rules need to know of it, with the letter to be sent after the command. Where they want none, whoever sends finds that, and drops it. */
  async noticed(tx: Tx, { recordId, authority, isSafe }: { recordId: string; authority: string; isSafe: boolean }, now: Instant): Promise<NonNullable<AskForMore['notice']>> {
    const { state } = await this.concerns.get(tx, recordId, authority);
    const contact = await this.contacts.of(tx, { recordId });
    const reach = reachBy(contact);
    const [sendingId, way, isCarried] = [v7(), noticeWay(reach), this.carrier.by !== 'nobody'];
    const isPlain = !reach.isRisky && (isSafe || contact.isSaidSafe);
    if (way && isPlain && isCarried && state.status === 'awaiting-triage')
      await this.sendings.add(tx, { id: sendingId, recordId, authority, kind: 'asked', way, to: contact.addresses[way]!, personalisation: {} }, { now, endsAt: noticeEnd(now) });
    return { sendingId, reach, isSaidSafe: contact.isSaidSafe, isSafe, isCarried };
  }
}
