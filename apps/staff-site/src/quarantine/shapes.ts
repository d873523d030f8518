import { z } from 'zod';

/** The files of an extract, and so the services that took them. */
export const FILES = ['people', 'concerns', 'enquiries', 'dols'] as const;
export type File = (typeof FILES)[number];

const row = { id: z.string(), file: z.string(), line: z.number(), codes: z.array(z.string()) };
export const quarantineList = z.object({
  items: z.array(z.object({ ...row, firstSeenAt: z.string() })),
  total: z.number(),
  pageSize: z.number().default(50),
});
export const quarantinedRow = z.object({
  ...row,
  cells: z.record(z.string(), z.string()),
  /** The row as it stood, where its cells could not be told apart. */
  raw: z.array(z.string()).optional(),
  /** The row's bytes are not UTF-8; `raw` has each as a Latin-1 character. */
  isLatin1: z.boolean().optional(),
});
export const refusal = z.object({ codes: z.array(z.string()) });

export type QuarantineList = z.infer<typeof quarantineList>;
export type QuarantinedRow = z.infer<typeof quarantinedRow>;
