import { z } from 'zod';

/** Where readings are recorded, as the tabs call it. */
export const PLACES = { triage: 'Concerns', section42: 'Enquiries', dols: 'DoLS requests', people: 'People', directory: 'Directory' } as const;
export type Place = keyof typeof PLACES;

export const readings = z.object({
  items: z.array(z.object({ id: z.number(), at: z.string(), who: z.string(), what: z.string(), why: z.string().nullable(), records: z.array(z.string()) })),
  next: z.number().nullable(),
});
export type Readings = z.infer<typeof readings>;

export const oddReadings = z.object({
  moreThan: z.number(),
  manyInAnHour: z.array(z.object({ who: z.string(), hour: z.string(), records: z.number() })),
  withoutActing: z.array(z.object({ who: z.string(), records: z.number(), last: z.string() })),
  manySearches: z.array(z.object({ who: z.string(), hour: z.string(), searches: z.number() })),
  ownSurname: z.array(z.object({ who: z.string(), searches: z.number(), last: z.string() })),
  ownPostcode: z.array(z.object({ who: z.string(), readings: z.number(), last: z.string() })).default([]),
});
export type OddReadings = z.infer<typeof oddReadings>;
