import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay, givenStaffId, givenTime } from '#libs/platform';
import { CAPACITY_ANSWERS, CONSENT_ANSWERS, DIFFICULTIES, OVERRIDING_GROUNDS, PROTECTION_ANSWERS, SUPPORTS } from '../../domain/circumstances.js';
import { CONSENT_SAID, FURTHER_ROUTES, MESSAGE_WAYS, MISSING_ITEMS } from '../../domain/codes.js';
import { LIMB_ANSWERS } from '../../domain/three-limbs.js';
import { WISHES_ANSWERS } from '../../domain/wishes.js';
import { detailsBody } from './details.js';

export const words = z.string().trim().max(20_000);
const line = z.string().trim().max(300);

/** What is known of the person a concern is about. Every part may be missing. */
export const personBody = z.strictObject({
  givenName: line.optional(),
  familyName: line.optional(),
  dateOfBirth: givenDay.optional(),
  nhsNumber: line.optional(),
  address: z.string().trim().max(1_000).optional(),
  postcode: line.optional(),
  gender: codes.gender.optional(),
  ethnicity: codes.ethnicity.optional(),
  primarySupportReason: codes.primarySupportReason.optional(),
});
export type PersonBody = z.infer<typeof personBody>;

export const wishesBody = z.strictObject({ asked: z.enum(WISHES_ANSWERS), words: words.optional() });

/** Something that is alleged besides the first, with a source and a place of its own. */
/** What else is alleged; something has to be known of it. */
const allegation = z
  .strictObject({ abuseType: codes.abuseType.nullable().default(null), sourceOfRisk: codes.sourceOfRisk.nullable().default(null), locationType: codes.location.nullable().default(null) })
  .refine((one) => Object.values(one).some((part) => part !== null), 'Say of each what it is, who may be causing it or where it happens.');
const MOST_OTHERS = 9;

/** A concern as it is raised. Only the worry and the authority are needed; what else is missing becomes a list to ask for. */
export const raiseBody = z.strictObject({
  authority: z.enum(codes.authority.options, { error: 'Say which council’s area the person lives in: E06000061 (North Northamptonshire) or E06000062 (West Northamptonshire).' }),
  worry: words.min(1, 'Say what worries you, even if it is only a few words.'),
  channel: codes.channel.default('other'),
  receivedAt: givenTime.optional(),
  person: personBody.default({}),
  referrer: z
    .strictObject({
      name: line.optional(),
      role: line.optional(),
      organisation: line.optional(),
      email: line.optional(),
      phone: line.optional(),
      type: codes.referrerType.optional(),
    })
    .default({}),
  abuseTypes: z.array(codes.abuseType).max(20).default([]),
  locationType: codes.location.optional(),
  sourceOfRisk: codes.sourceOfRisk.optional(),
  /** The three before are of the first allegation. */
  otherAllegations: z.array(allegation).max(MOST_OTHERS).optional(),
  immediateRisk: codes.yesNo.optional(),
  wishes: wishesBody.optional(),
  /** Never a gate: it is only recorded. */
  consent: z.strictObject({ given: z.enum(CONSENT_SAID), why: words.optional() }).optional(),
  details: detailsBody.default({}),
});
export type RaiseBody = z.infer<typeof raiseBody>;

/** A concern as the API's document describes it where it stands within another body. */
const { $schema: _dialect, ...concernShape } = z.toJSONSchema(raiseBody, { io: 'input' });

/** As many as are raised in one go at most. */
const MOST_TOGETHER = 100;

/** Several concerns, each under a key of its own. What each of them says is judged by itself, so that one that cannot be read keeps out none of the others. */
export const raiseTogetherBody = z.strictObject({
  items: z
    .array(z.strictObject({ key: z.string().min(1).max(255), concern: z.unknown().meta(concernShape) }))
    .min(1)
    .max(MOST_TOGETHER),
});
export type RaiseTogetherBody = z.infer<typeof raiseTogetherBody>;

/** Where a program wants to be told. */
export const webhookBody = z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000) });

/** What is left out is refused by the rules, all of it at once. */
const limb = z.strictObject({ answer: z.enum(LIMB_ANSWERS).optional(), reason: words.optional() });
const limbSoFar = limb.default({});

/** How the person stands, besides the limbs. Each may be left out; what is said is said whole. */
const circumstances = z
  .strictObject({
    protection: z.strictObject({ answer: z.enum(PROTECTION_ANSWERS), words: words.optional() }).optional(),
    mentalCapacity: z.strictObject({ answer: z.enum(CAPACITY_ANSWERS), words: words.optional() }).optional(),
    consent: z.strictObject({ answer: z.enum(CONSENT_ANSWERS), ground: z.enum(OVERRIDING_GROUNDS).optional(), words: words.optional() }).optional(),
    advocacy: z.strictObject({ difficulties: z.array(z.enum(DIFFICULTIES)).max(4).default([]), support: z.enum(SUPPORTS), words: words.optional() }).optional(),
  })
  .default({});
export type CircumstancesBody = z.infer<typeof circumstances>;

const decisionParts = {
  outcome: codes.triageOutcome.optional(),
  reason: words.optional(),
  otherEnquiryReason: words.optional(),
  notSafeguardingReason: codes.notSafeguardingReason.optional(),
  furtherRoutes: z.array(z.enum(FURTHER_ROUTES)).max(20).default([]),
  sarReferral: z.boolean().optional(),
  /** To which other council it falls: one that is known here, or another in words. */
  otherAuthority: z.strictObject({ code: codes.authority.optional(), words: words.optional() }).optional(),
};
/** What somebody had put down of a decision that they do not make yet. */
const leaning = z.strictObject(decisionParts);
export type LeaningBody = z.infer<typeof leaning>;

export const triageBody = z.strictObject({
  limbs: z.strictObject({ needs: limb, risk: limb, unable: limb }),
  circumstances,
  wishes: wishesBody.optional(),
  ...decisionParts,
});
export type TriageBody = z.infer<typeof triageBody>;

export const lookAgainBody = z.strictObject({
  limbs: z.strictObject({ needs: limb, risk: limb, unable: limb }),
  outcome: codes.triageOutcome.optional(),
  reason: words.optional(),
});
export type LookAgainBody = z.infer<typeof lookAgainBody>;

export const reasonBody = z.strictObject({ reason: words.default('') });
/** Null: nobody is to have it any more. */
export const assignBody = z.strictObject({ to: givenStaffId.nullable() });
/** Several concerns as they were seen, for one colleague or nobody. */
export const assignEachBody = z.strictObject({
  to: givenStaffId.nullable(),
  concerns: z.array(z.strictObject({ id: z.uuid(), seen: z.int().min(1) })).min(1).max(100),
});
export const nothingBody = z.strictObject({}).default({});
export const feedbackBody = z.discriminatedUnion('told', [
  z.strictObject({ told: z.literal(true), message: words.optional() }),
  z.strictObject({ told: z.literal(false), reason: words.default('') }),
]);
/** What is written to whoever raised it. `isSafe`: whoever writes it has read how they want to be reached. `isAgain`: they were told before. */
export const messageBody = z.strictObject({ way: z.enum(MESSAGE_WAYS), message: words.default(''), isSafe: z.boolean().default(false), isAgain: z.boolean().default(false) });
export type MessageBody = z.infer<typeof messageBody>;
/** `notify`: whoever raised it is sent a notice that more is wanted. `isSafe`: whoever asks has read what they say of being reached, and calls that safe. */
export const askBody = z.strictObject({ what: z.array(z.enum(MISSING_ITEMS)).min(1), message: words.optional(), notify: z.boolean().default(false), isSafe: z.boolean().default(false) });
export type AskBody = z.infer<typeof askBody>;
/** How far somebody is, with what they ask for besides. */
export const considerBody = z.strictObject({
  limbs: z.strictObject({ needs: limbSoFar, risk: limbSoFar, unable: limbSoFar }).default({ needs: {}, risk: {}, unable: {} }),
  circumstances,
  wishes: wishesBody.optional(),
  leaning: leaning.optional(),
  ask: askBody.optional(),
});
export type ConsiderBody = z.infer<typeof considerBody>;
export const answerBody = z.strictObject({ what: z.array(z.enum(MISSING_ITEMS)).min(1), answer: words.optional(), consent: z.enum(CONSENT_SAID).optional() });

/** Null: it is not to be said any more. */
export const placeBody = z.strictObject({ placeId: z.uuid().nullable(), reason: words.optional() });

const reason = { reason: words.default('') };
export const referrerJudgedBody = z.strictObject({ mayBeSource: z.boolean(), ...reason });
export const correctBody = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('receivedAt'), value: givenTime, ...reason }),
  z.strictObject({ field: z.literal('channel'), value: codes.channel.nullable(), ...reason }),
  z.strictObject({ field: z.literal('referrerType'), value: codes.referrerType.nullable(), ...reason }),
  z.strictObject({ field: z.literal('abuseTypes'), value: z.array(codes.abuseType), ...reason }),
  z.strictObject({ field: z.literal('locationType'), value: codes.location.nullable(), ...reason }),
  z.strictObject({ field: z.literal('sourceOfRisk'), value: codes.sourceOfRisk.nullable(), ...reason }),
  z.strictObject({ field: z.literal('immediateRisk'), value: z.boolean().nullable(), ...reason }),
  z.strictObject({ field: z.literal('otherAllegations'), value: z.array(allegation).max(MOST_OTHERS), ...reason }),
]);
export type CorrectBody = z.infer<typeof correctBody>;

