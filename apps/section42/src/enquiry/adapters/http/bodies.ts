import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay, givenTime } from '#libs/platform';
import { PLAN_REVIEW_OUTCOMES, RISK_ASSESSMENT_OUTCOMES, RISK_OUTCOMES } from '../../domain/codes.js';

const words = z.string().trim().max(20_000).default('');
/** An opaque id or a code, never a name: it stands in the story and is told to others. */
const opaque = z.string().trim().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'Give an id or a code: small letters, digits, - and _.');

const allocation = { worker: opaque, team: opaque };
export const allocateBody = z.strictObject(allocation);
export type AllocateBody = z.infer<typeof allocateBody>;
export const reallocateBody = z.strictObject({ ...allocation, reason: words });
export type ReallocateBody = z.infer<typeof reallocateBody>;

export const causeBody = z.strictObject({
  agency: codes.conductedBy.exclude(['local_authority']),
  scope: words,
  purpose: words,
  dueOn: givenDay.nullable().default(null),
});
export type CauseBody = z.infer<typeof causeBody>;
export const progressBody = z.strictObject({ note: words, dueOn: givenDay.nullable().default(null) });
export type ProgressBody = z.infer<typeof progressBody>;
export const planBody = z.strictObject({ outcomesAsked: codes.outcomesAsked, words });
export type PlanBody = z.infer<typeof planBody>;

const risk = z.strictObject({
  typeOfRisk: codes.abuseType,
  sourceOfRisk: codes.sourceOfRisk,
  location: codes.location,
  riskAssessmentOutcome: z.enum(RISK_ASSESSMENT_OUTCOMES),
  riskOutcome: z.enum(RISK_OUTCOMES).nullable().default(null),
});

/** What a named person decides at the end of an enquiry. */
export const concludeBody = z.strictObject({
  outcomesAsked: codes.outcomesAsked,
  whyNotAsked: words,
  outcomesAchieved: codes.outcomesAchieved.nullable().default(null),
  mentalCapacity: codes.mentalCapacity,
  advocate: codes.yesNo.nullable().default(null),
  risks: z.array(risk).max(50).default([]),
  action: z.strictObject({ isNeeded: z.boolean(), words }),
  sarReferral: z.boolean().default(false),
  qualityCheckedBy: opaque.nullable().default(null),
});
export type ConcludeBody = z.infer<typeof concludeBody>;

export const reasonBody = z.strictObject({ reason: words });
export type ReasonBody = z.infer<typeof reasonBody>;
export const goOnBody = z.strictObject({ goOn: z.boolean(), reason: words });
export type GoOnBody = z.infer<typeof goOnBody>;
export const protectionPlanBody = z.strictObject({ plan: words, reviewOn: givenDay.nullable().default(null) });
export type ProtectionPlanBody = z.infer<typeof protectionPlanBody>;
export const planReviewBody = z.strictObject({
  outcome: z.enum(PLAN_REVIEW_OUTCOMES),
  review: words,
  reviewOn: givenDay.nullable().default(null),
});
export type PlanReviewBody = z.infer<typeof planReviewBody>;

const reason = { reason: words };
const outcomes = z.strictObject({ asked: codes.outcomesAsked, achieved: codes.outcomesAchieved.nullable() });
export const correctBody = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('openedAt'), value: givenTime, ...reason }),
  z.strictObject({ field: z.literal('allocatedAt'), value: givenTime, ...reason }),
  z.strictObject({ field: z.literal('concludedAt'), value: givenTime, ...reason }),
  z.strictObject({ field: z.literal('conductedBy'), value: codes.conductedBy, ...reason }),
  z.strictObject({ field: z.literal('mentalCapacity'), value: codes.mentalCapacity, ...reason }),
  z.strictObject({ field: z.literal('advocate'), value: codes.yesNo.nullable(), ...reason }),
  z.strictObject({ field: z.literal('outcomes'), value: outcomes, ...reason }),
]);
export type CorrectBody = z.infer<typeof correctBody>;

export const steps = z.enum(['propose', 'confirm', 'decline']);
export type Step = z.infer<typeof steps>;
