import { z } from 'zod';

/** What the services answer when a queue is asked for, in the parts that its page shows. */
const queue = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number(), oldestDays: z.number().nullable().default(null), page: z.number(), pageSize: z.number(), asOf: z.string() });

export const clock = z.object({
  code: z.enum(['triage_24_hours', 'triage_5_days']),
  dueAt: z.string(),
  reading: z.enum(['elapsed', 'working']),
  state: z.enum(['met', 'running', 'late']),
});

const record = { id: z.string(), reference: z.string(), authority: z.string(), waitingDays: z.number() };

export const triageQueue = queue(
  z.object({
    ...record,
    sequence: z.number(),
    receivedAt: z.string(),
    channel: z.string().nullish(),
    referrerType: z.string().nullish(),
    immediateRisk: z.string().nullish(),
    assignedTo: z.string().nullish(),
    personId: z.string().nullish(),
    clocks: z.array(clock).default([]),
  }),
);

export const feedbackQueue = queue(z.object({ ...record, decidedAt: z.string(), outcome: z.string(), referrerType: z.string().nullish(), personId: z.string().nullish() }));

export const enquiryQueue = queue(z.object({ ...record, kind: z.string(), openedAt: z.string() }));

export const dolsQueue = queue(
  z.object({
    ...record,
    kind: z.string(),
    urgent: z.union([z.boolean(), z.string()]).nullish(),
    setting: z.string().nullish(),
    band: z.string().nullish(),
    receivedAt: z.string(),
    longestWaitDays: z.number().nullish(),
    breached: z.boolean(),
  }),
);

export type Clock = z.infer<typeof clock>;
export type TriageItem = z.infer<typeof triageQueue>['items'][number];
export type FeedbackItem = z.infer<typeof feedbackQueue>['items'][number];
export type EnquiryItem = z.infer<typeof enquiryQueue>['items'][number];
export type DolsItem = z.infer<typeof dolsQueue>['items'][number];
export interface QueuePage<Item> {
  items: Item[];
  total: number;
  /** How long the one that has waited longest has, of all that fit. */
  oldestDays: number | null;
  page: number;
  pageSize: number;
  asOf: string;
}
