import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay } from '#libs/platform';

/** PostgreSQL's text holds no NUL. */
const plain = z.string().trim().regex(/^[^\0]*$/u, 'This holds a character that cannot be kept.');
const line = plain.max(300);
const words = plain.max(20_000);

export const namesBody = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(200),
  why: words.min(1, 'Say what the names are needed for.').max(500),
});
export type NamesBody = z.infer<typeof namesBody>;

const reason = words.default('');
export const joinBody = z.strictObject({ into: z.uuid(), reason });
export type JoinBody = z.infer<typeof joinBody>;
export const separateBody = z.strictObject({ from: z.uuid(), reason });
export type SeparateBody = z.infer<typeof separateBody>;
export const apartBody = z.strictObject({ other: z.uuid(), reason });
export type ApartBody = z.infer<typeof apartBody>;

/** Null takes away what was held. */
const identity = z.strictObject({
  givenName: line.nullable().optional(),
  familyName: line.nullable().optional(),
  dateOfBirth: givenDay.nullable().optional(),
  nhsNumber: line.nullable().optional(),
  address: words.max(1_000).nullable().optional(),
  postcode: line.nullable().optional(),
});
const characteristics = z.strictObject({
  gender: codes.gender.optional(),
  ethnicity: codes.ethnicity.optional(),
  primarySupportReason: codes.primarySupportReason.optional(),
  localArea: line.nullable().optional(),
});

/** Either who somebody is or what is counted about them: each is an act with a reason of its own. */
export const correctBody = z.union([z.strictObject({ identity, reason }), z.strictObject({ characteristics, reason })]);
export type CorrectBody = z.infer<typeof correctBody>;
