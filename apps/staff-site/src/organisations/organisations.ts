import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import type { Answer } from '#libs/pages';
import { everyPage } from '../every-page.js';
import { Services } from '../outside.js';

const organisation = z.object({ id: z.string(), name: z.string().nullable(), kind: z.string(), status: z.string() });
const page = z.object({ items: z.array(organisation), next: z.string().nullable() });
const withAccounts = organisation.extend({ sequence: z.number(), permitted: z.array(z.string()), linked: z.array(z.object({ id: z.string(), since: z.string(), by: z.string() })) });

export type Organisation = z.infer<typeof organisation>;
export type WithAccounts = z.infer<typeof withAccounts>;

/** An account is linked to an organisation, or taken off it. */
export type Act = 'link' | 'take-off';

const pathOf: Record<Act, string> = { link: 'partners', 'take-off': 'partners/remove' };

/** The partner organisations as the directory has them, with the accounts that sign in for each. */
@Injectable()
export class Organisations {
  constructor(private readonly services: Services) {}

  /** All that are open, by what they are called: that is encrypted there, so they are put in order here. */
  async all(): Promise<Organisation[]> {
    const found = await everyPage((question) => this.services.directory.get('/organisations', { status: 'open', ...question }, page));
    return found.toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'en-GB'));
  }

  async find(id: string): Promise<WithAccounts> {
    const found = await this.services.directory.find(`/organisations/${id}/partners`, withAccounts);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** On the version that was seen, once for a form. */
  send(id: string, act: Act, body: object, { seen, key }: { seen: number; key: string }): Promise<Answer> {
    return this.services.directory.post(`/organisations/${id}/${pathOf[act]}`, body, { 'if-match': `"${seen}"`, 'idempotency-key': key });
  }
}
