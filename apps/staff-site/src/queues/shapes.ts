import { z } from 'zod';

/** How many wait in all, whatever is chosen: of each view that is chosen often. */
const counts = z.object({ all: z.number(), mine: z.number(), nobodys: z.number(), atRisk: z.number(), dangerNotKnown: z.number().default(0), late: z.number(), lateNobodys: z.number(), dangerTold: z.number().default(0) });
export type QueueCounts = z.infer<typeof counts>;

/** What the services answer when a queue is asked for, in the parts that its page shows. */
const queue = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number(), oldestDays: z.number().nullable().default(null), state: z.string().optional(), counts: counts.optional(), page: z.number(), pageSize: z.number(), asOf: z.string() });

/** Says of a queue only whether it is still the same. */
export const queueState = z.object({ state: z.string() });

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
    moreCameAt: z.string().nullish(),
    personId: z.string().nullish(),
    clocks: z.array(clock).default([]),
  }),
);

export const feedbackQueue = queue(z.object({ ...record, decidedAt: z.string(), outcome: z.string().nullable(), referrerType: z.string().nullish(), personId: z.string().nullish() }));

export const unsentQueue = queue(z.object({ ...record, since: z.string(), reason: z.string().nullable(), isTriedAgain: z.boolean(), referrerType: z.string().nullish(), personId: z.string().nullish() }));
export type UnsentItem = z.infer<typeof unsentQueue>['items'][number];

export const sentOnQueue = queue(z.object({ ...record, personId: z.string().nullish(), decision: z.number(), route: z.string(), otherAuthority: z.string().nullable(), sentAt: z.string(), refusedAt: z.string().nullable() }));
export type SentOnItem = z.infer<typeof sentOnQueue>['items'][number];

const place = z.object({ decidedAt: z.string(), id: z.string() });
export const decidedList = z.object({
  items: z.array(
    z.object({ id: z.string(), reference: z.string(), personId: z.string().nullable(), referrerType: z.string().nullable(), outcome: z.string().nullable(), decidedAt: z.string(), decidedBy: z.string().nullable(), feedback: z.enum(['owed', 'told', 'not_told', 'not_known']), moreCameAt: z.string().nullish(), dangerToldAt: z.string().nullish(), inDanger: z.boolean().default(false) }),
  ),
  next: place.nullable(),
  asOf: z.string(),
});
export type DecidedList = z.infer<typeof decidedList>;
export type DecidedItem = DecidedList['items'][number];

export const secondLookQueue = queue(z.object({ ...record, receivedAt: z.string(), referrerType: z.string().nullish(), personId: z.string().nullish() }));
export type SecondLookItem = z.infer<typeof secondLookQueue>['items'][number];

/** Somebody has it who cannot work on it. */
const stranded = z.object({ worker: z.string().nullable(), why: z.enum(['not_named', 'kept_from', 'left']) });
export const enquiryQueue = queue(z.object({ ...record, concernId: z.string(), kind: z.string(), openedAt: z.string(), stranded: stranded.nullish() }));

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
/** With whom it is about, as far as the concern that led to it tells. */
export type EnquiryItem = z.infer<typeof enquiryQueue>['items'][number] & { personId?: string | null; inDanger?: boolean; dangerToldAt?: string | null | undefined };
export type DolsItem = z.infer<typeof dolsQueue>['items'][number];
export interface QueuePage<Item> {
  items: Item[];
  total: number;
  /** How long the one that has waited longest has, of all that fit. */
  oldestDays: number | null;
  /** Changes with whatever waits; only of a queue that is kept up to date while somebody looks at it. */
  state?: string | undefined;
  /** Only of a queue with views. */
  counts?: QueueCounts | undefined;
  page: number;
  pageSize: number;
  asOf: string;
}
