import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay, givenStaffId as who, givenTime } from '#libs/platform';
import { assessmentKinds, endReasons, factors, informants } from '../../domain/codes.js';

/** PostgreSQL's text holds no NUL. */
const plain = z.string().trim().regex(/^[^\0]*$/u, 'This holds a character that cannot be kept.');
const words = plain.max(20_000);
const line = plain.max(300);
const reason = words.default('');

/** What is known of the person a request is about. Every part may be missing. */
export const personBody = z.strictObject({
  givenName: line.optional(),
  familyName: line.optional(),
  dateOfBirth: givenDay.optional(),
  nhsNumber: line.optional(),
  address: words.max(1_000).optional(),
  postcode: line.optional(),
  gender: codes.gender.optional(),
  ethnicity: codes.ethnicity.optional(),
  primarySupportReason: codes.primarySupportReason.optional(),
});

/** A request as a managing authority makes it. Only the authority is needed; what is missing is chased. */
export const askBody = z.strictObject({
  authority: codes.authority,
  kind: codes.dolsKind.default('new'),
  receivedAt: givenTime.optional(),
  urgent: z.boolean().optional(),
  urgentExpiresOn: givenDay.optional(),
  setting: codes.dolsSetting.optional(),
  managingAuthority: words.max(1_000).optional(),
  renewalOf: z.uuid().optional(),
  person: personBody.default({}),
});
export type AskBody = z.infer<typeof askBody>;

export const screenBody = z.strictObject({
  factors: z.partialRecord(z.enum(factors), z.enum(['yes', 'no', 'not_known'])).default({}),
  result: z.enum(['likely', 'unlikely', 'cannot_tell']),
  legalTest: codes.legalTest.optional(),
  reason,
});
export type ScreenBody = z.infer<typeof screenBody>;

export const prioritiseBody = z.strictObject({ band: codes.band, reason });
export type PrioritiseBody = z.infer<typeof prioritiseBody>;

const assessors = { bestInterestsAssessor: who, mentalHealthAssessor: who.optional() };
export const allocateBody = z.strictObject(assessors);
export type AllocateBody = z.infer<typeof allocateBody>;
export const reallocateBody = z.strictObject({ ...assessors, reason });
export type ReallocateBody = z.infer<typeof reallocateBody>;

export const assessBody = z.strictObject({
  assessment: z.enum(assessmentKinds),
  result: z.enum(['met', 'not_met']),
  assessor: who,
  assessedOn: givenDay,
  equivalent: z.strictObject({ reportOn: givenDay, stillAccurate: reason }).optional(),
  legalTest: codes.legalTest.optional(),
});
export type AssessBody = z.infer<typeof assessBody>;

const source = z.strictObject({ from: z.enum(informants), on: givenDay, words: words.optional() });
const under = { legalTest: codes.legalTest.optional(), reason };
export const decideBody = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('granted'),
    authorisedFrom: givenDay,
    authorisedTo: givenDay,
    conditions: z.array(words.min(1)).max(50).default([]),
    representative: z.discriminatedUnion('appointed', [
      z.strictObject({ appointed: z.enum(['unpaid', 'paid']), name: reason }),
      z.strictObject({ appointed: z.literal('nobody'), reason }),
    ]),
    ...under,
  }),
  z.strictObject({ outcome: z.literal('not_granted'), negativeAssessment: z.enum(assessmentKinds).optional(), ...under }),
  z.strictObject({ outcome: z.enum(['withdrawn', 'died', 'moved']), source: source.optional(), ...under }),
]);
export type DecideBody = z.infer<typeof decideBody>;

export const endBody = z.strictObject({ endedOn: givenDay, why: z.enum(endReasons), source: source.optional(), reason });
export type EndBody = z.infer<typeof endBody>;
export type SourceBody = z.infer<typeof source>;

export const suspendBody = z.strictObject({ on: givenDay, reason });
export type SuspendBody = z.infer<typeof suspendBody>;
export const resumeBody = z.strictObject({ on: givenDay });
export type ResumeBody = z.infer<typeof resumeBody>;
export const renewalBody = z.strictObject({ renewalId: z.uuid() });
export type RenewalBody = z.infer<typeof renewalBody>;

export const contactBody = z.strictObject({
  spokenTo: z.enum(['managing_authority', 'person', 'family_or_friend', 'representative']),
  stillThere: z.boolean().optional(),
  changed: z.boolean().optional(),
  objects: z.boolean().optional(),
  nextContactOn: givenDay,
  note: words.optional(),
});
export type ContactBody = z.infer<typeof contactBody>;

/** Null: it is not known after all. */
export const correctBody = z.strictObject({
  changes: z.strictObject({
    kind: codes.dolsKind.optional(),
    urgent: z.boolean().nullable().optional(),
    urgentExpiresOn: givenDay.nullable().optional(),
    setting: codes.dolsSetting.nullable().optional(),
    managingAuthority: words.max(1_000).optional(),
    receivedAt: givenTime.optional(),
  }),
  reason,
});
export type CorrectBody = z.infer<typeof correctBody>;

export const correctAuthorisationBody = z.strictObject({
  changes: z.strictObject({ authorisedFrom: givenDay.optional(), authorisedTo: givenDay.optional() }),
  reason,
});
export type CorrectAuthorisationBody = z.infer<typeof correctAuthorisationBody>;

export const reasonBody = z.strictObject({ reason });
export type ReasonBody = z.infer<typeof reasonBody>;
