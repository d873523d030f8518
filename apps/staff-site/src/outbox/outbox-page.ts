import { z } from 'zod';
import { count, pagination, timeInWords } from '#libs/pages';
import { byWay } from '../concerns/words.js';
import { paths } from '../paths.js';

/** What was sent on this machine, as `triage` tells it. */
export const sentHere = z.object({
  sentBy: z.enum(['outbox', 'notify', 'nobody']),
  items: z.array(z.object({ id: z.string(), recordId: z.string(), reference: z.string(), way: z.string(), sentAt: z.string(), to: z.string().nullable(), subject: z.string().nullable(), body: z.string().nullable() })),
  total: z.number(),
  /** How many are kept from whoever asks. */
  withheld: z.number().default(0),
  page: z.number(),
  pageSize: z.number(),
});

export function outboxPage({ sentBy, items, total, withheld, page, pageSize }: z.infer<typeof sentHere>, authority: string) {
  return {
    title: 'Outbox',
    here: paths.outbox(),
    isHere: sentBy === 'outbox',
    isElsewhere: sentBy === 'notify',
    withheld: withheld > 0 ? `${count(withheld, 'message')} ${withheld === 1 ? 'is' : 'are'} kept from you: a second look at the decision is wanted, and you can give it. Once you have, or can give it no more, you see what was sent.` : undefined,
    messages: items.map((one) => ({
      heading: `To ${one.to ?? 'somebody'}${byWay(one.way)}`,
      sentAt: timeInWords(one.sentAt),
      concern: { text: one.reference, href: paths.concern(one.recordId) },
      subject: one.subject,
      body: one.body,
    })),
    pages: pagination(page, Math.max(1, Math.ceil(total / pageSize)), (number) => paths.outbox({ authority, page: String(number) })),
  };
}
