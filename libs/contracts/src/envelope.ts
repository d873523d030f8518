import { z } from 'zod';

/** An instant as everything inside writes it: UTC, six fraction digits, so that the order of the texts is the order of the times. */
export const instant = z.iso.datetime({ precision: 6 });
export const day = z.iso.date();

const facts = {
  specversion: z.literal('1.0'),
  /** `EVENT:vN`: two versions of one event are two messages. */
  id: z.string().regex(/^[0-9a-f-]{36}:v\d+$/),
  /** The publishing service. */
  source: z.string(),
  /** The record's id. */
  subject: z.uuid(),
  /** When it happened. */
  time: instant,
  /** When we learnt it. */
  recordedat: instant,
  /** ONS code of the authority; null for what is said about a person, who belongs to none. */
  authority: z.string().nullable(),
  /** An opaque id; null where an old system does not tell. */
  actor: z.string().nullable(),
  /** Counts the record's published events, from 1. */
  sequence: z.int().positive(),
  causationid: z.string().nullable(),
  traceparent: z.string().nullable(),
  datacontenttype: z.literal('application/json'),
};

/** The CloudEvents envelope of one contract: its type, which is also its subject and its version, and its data. */
export function envelope<const Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({ ...facts, type: z.literal(type), data });
}

/** Any contract before it is known which. */
export const anyContract = z.object({ ...facts, type: z.string(), data: z.record(z.string(), z.unknown()) });
export type AnyContract = z.infer<typeof anyContract>;
