import { z } from 'zod';

/** The services that take messages. */
export const SERVICES = ['people', 'triage', 'section42', 'dols', 'metrics'] as const;
export type Service = (typeof SERVICES)[number];

const letter = { id: z.string(), stream: z.string(), type: z.string(), errorClass: z.string(), attempts: z.number(), setAsideAt: z.string() };
export const letterList = z.object({ items: z.array(z.object(letter)), total: z.number(), pageSize: z.number() });
export const openedLetter = z.object({ ...letter, foundIn: z.enum(['stream', 'publisher']).nullable(), contract: z.record(z.string(), z.unknown()).nullable() });
export const resent = z.object({ outcome: z.enum(['taken', 'failed_again']), errorClass: z.string().nullable(), attempts: z.number(), whatToDo: z.string() });

export type LetterList = z.infer<typeof letterList>;
export type OpenedLetter = z.infer<typeof openedLetter>;
export type Resent = z.infer<typeof resent>;
