import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay } from '#libs/platform';
import { normalisePostcode } from '../../domain/names.js';
import { isNhsNumber } from '../../domain/nhs-number.js';
import { canFind, howToFind, isSurname, type SearchTerms } from '../../domain/search.js';

/** PostgreSQL's text holds no NUL. */
const plain = z.string().trim().regex(/^[^\0]*$/u, 'This holds a character that cannot be kept.');
const line = plain.max(300);
const words = plain.max(20_000);

export const namesBody = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(200),
  why: words.min(1, 'Say what the names are needed for.').max(500),
});
export type NamesBody = z.infer<typeof namesBody>;

/** Whoever is asked for was born in one of these. */
const [firstYear, lastYear] = [1890, 2100];

const searchTerms = z.strictObject({
  familyName: line.refine(isSurname, { error: 'Give a surname with letters in it.', abort: true }).optional(),
  givenName: line.min(1).optional(),
  dateOfBirth: givenDay.optional(),
  /** Where the day is not known. */
  yearOfBirth: z.int().min(firstYear, `Give a year from ${firstYear} on.`).max(lastYear, 'Give a year that has been.').optional(),
  postcode: line.refine((text) => normalisePostcode(text) !== null, 'Give a whole postcode, such as NN1 1AA.').optional(),
  nhsNumber: line.overwrite((text) => text.replaceAll(/[\s-]/g, '')).refine(isNhsNumber, 'This is no NHS number: one has ten digits, and the last has to fit the others. Look at each digit again.').optional(),
});
export const findBody = searchTerms
  .extend({ why: words.min(1, 'Say why you look for them.').max(500) })
  .refine(({ dateOfBirth, yearOfBirth }) => dateOfBirth === undefined || yearOfBirth === undefined, { path: ['yearOfBirth'], message: 'Give the date of birth or the year, and not both.' })
  .refine((body) => canFind(termsOf(body)), howToFind);
export type FindBody = z.infer<typeof findBody>;

/** What is asked for, as it is looked for. */
export const termsOf = ({ familyName, givenName, dateOfBirth, yearOfBirth, postcode, nhsNumber }: z.infer<typeof searchTerms>): SearchTerms => ({
  familyName: familyName ?? null,
  givenName: givenName ?? null,
  birthDate: dateOfBirth ?? null,
  birthYear: yearOfBirth ?? null,
  postcode: postcode ?? null,
  nhsNumber: nhsNumber ?? null,
});

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
