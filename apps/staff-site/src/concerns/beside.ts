import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { because, count, dayInWords, dayOf, NotAllowed, ServiceUnavailable } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { may } from '../may.js';
import { Services } from '../outside.js';
import { sentence } from '../words.js';
import type { ConcernCase } from './shapes.js';

const enquiry = z.object({
  reference: z.string(), concernId: z.string(), kind: z.string(), status: z.string(), openedAt: z.string(),
  worker: z.string().nullable(), conductedBy: z.string().nullable(), concludedAt: z.string().nullable(),
});
const enquiries = z.object({ items: z.array(z.looseObject({ status: z.string() })).transform((items) => items.flatMap((one) => enquiry.safeParse(one).data ?? [])) });
const request = z.object({ reference: z.string(), kind: z.string(), status: z.string(), receivedAt: z.string(), outcome: z.string().nullable(), authorisedTo: z.string().nullable() });
const requests = z.object({ items: z.array(request), total: z.number() });

export type EnquirySeen = z.infer<typeof enquiry>;
type RequestSeen = z.infer<typeof request>;

/** What other services hold of the same person; each part is undefined where nobody can say just now, or they may not see it. */
export interface Held {
  enquiries: EnquirySeen[] | undefined;
  requests: { items: RequestSeen[]; total: number } | undefined;
}

const why = because('working on the concern');

/** Enquiries and DoLS requests of whoever a concern is about, as their services have them. */
@Injectable()
export class Beside {
  constructor(private readonly services: Services) {}

  /** Of a decision that is not told to whoever may give a second look to it, no enquiry is told either. */
  async of({ id, personId, aboutThem }: ConcernCase): Promise<Held> {
    const { section42, dols } = this.services;
    const concernIds = [id, ...aboutThem.filter(({ outcome }) => outcome !== null).map((one) => one.id)];
    const [found, asked] = await Promise.all([
      may('enquiry.read') ? unlessAwayOf(section42.as(why).query('/enquiries/beside', { concernIds }), enquiries) : undefined,
      may('dols_request.see_beside') && personId !== null ? unlessAwayOf(dols.as(why).query('/requests/about', { personId }), requests) : undefined,
    ]);
    return { enquiries: found?.items, requests: asked };
  }
}

/** What was answered; nothing where the service is away or refuses: a page without it is better than none. */
async function unlessAwayOf<Shape extends z.ZodType>(asking: Promise<{ body: unknown }>, shape: Shape): Promise<z.infer<Shape> | undefined> {
  try {
    return shape.safeParse((await asking).body).data;
  } catch (error) {
    if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
    throw error;
  }
}

/** How far an enquiry is, and who has it. */
export function enquiryInWords({ kind, status, worker, conductedBy, openedAt, concludedAt }: EnquirySeen, called: Called): string {
  const what = kind === 's42' ? 'section 42 enquiry' : 'other enquiry';
  if (concludedAt !== null) return `${what}, concluded on ${dayOf(concludedAt)}`;
  if (status === 'allocated') return `${what}, with ${worker === null ? 'a worker who is not named' : called(worker)}${conductedBy ? `, made by ${sentence(conductedBy).toLowerCase()}` : ''}`;
  if (status === 'open') return `${what}, which nobody has since ${dayOf(openedAt)}`;
  return `${what}, ${sentence(status).toLowerCase()}`;
}

/** Where a DoLS request stands. */
export function requestInWords({ reference, kind, status, receivedAt, outcome, authorisedTo }: RequestSeen): string {
  const stands = authorisedTo !== null && status === 'authorised' ? `authorised until ${dayInWords(authorisedTo)}` : outcome !== null ? sentence(status === 'ended' ? 'ended' : outcome).toLowerCase() : 'waiting for a decision';
  return `${reference}, ${kind === 'renewal' ? 'renewal' : 'request'} of ${dayOf(receivedAt)}: ${stands}`;
}

/** How many there are besides those that are listed. */
export const besides = ({ items, total }: { items: unknown[]; total: number }): string | undefined => (total > items.length ? `and ${count(total - items.length, 'older one')}` : undefined);
