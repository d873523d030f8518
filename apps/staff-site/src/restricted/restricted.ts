import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, because } from '#libs/pages';
import { may } from '../may.js';
import { Services } from '../outside.js';
import { isAway, unlessAway } from '../unless-away.js';

const broken = z.object({ by: z.string(), at: z.string(), until: z.string() });
const listed = z.object({
  items: z.array(z.object({ id: z.string(), reference: z.string(), status: z.string(), since: z.string(), isNew: z.boolean(), glass: z.array(broken) })),
  total: z.number(),
});
const glass = z.object({ items: z.array(broken.extend({ id: z.string().nullable(), reference: z.string().nullable() })), total: z.number() });

export type RestrictedToMe = z.infer<typeof listed>['items'];
export type BrokenGlass = z.infer<typeof glass>['items'];

const opened = z.object({ id: z.string() });

/** Restricted concerns, as `triage` tells them to those to whom they are open. */
@Injectable()
export class Restricted {
  constructor(private readonly services: Services) {}

  /** Those that are open to whoever is signed in, by name; none for whoever reads no concerns. */
  async mine(): Promise<RestrictedToMe> {
    if (!may('concern.read_case')) return [];
    return (await this.services.triage.as(because('restricted to me')).get('/restricted', {}, listed)).items;
  }

  /** Those of them that they have not opened yet; none where nobody can say just now, since the first page is for more. */
  async unopened(): Promise<RestrictedToMe> {
    const found = await this.mine().catch(unlessAway);
    return isAway(found) ? [] : found.filter(({ isNew }) => isNew);
  }

  /** Who opened one without being named; undefined for whoever is not told. */
  async broken(): Promise<BrokenGlass | undefined> {
    if (!may('concern.list_glass')) return undefined;
    return (await this.services.triage.as(because('who opened restricted concerns')).get('/glass', {}, glass)).items;
  }

  /** Opens one for a while, once for a form. Throws `StepUpNeeded` where whoever asks has to show again that it is them. */
  open(concern: string, reason: string, key: string): Promise<Answer> {
    return this.services.triage.post('/concerns/break-glass', { concern, reason }, { 'idempotency-key': key });
  }

  /** Which it was. */
  openedIn = (answer: Answer): string => opened.parse(answer.body).id;
}
