import { z } from 'zod';
import { pagination, timeInWords } from '#libs/pages';
import { byWay } from '../concerns/words.js';
import { paths } from '../paths.js';

/** What was sent on this machine, as `triage` tells it. */
export const sentHere = z.object({
  sentBy: z.enum(['outbox', 'notify', 'nobody']),
  items: z.array(z.object({ id: z.string(), recordId: z.string(), reference: z.string(), way: z.string(), sentAt: z.string(), to: z.string().nullable(), subject: z.string().nullable(), body: z.string().nullable() })),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});

export function outboxPage({ sentBy, items, total, page, pageSize }: z.infer<typeof sentHere>, authority: string) {
  return {
    title: 'Outbox',
    here: paths.outbox(),
    isHere: sentBy === 'outbox',
    isElsewhere: sentBy === 'notify',
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
