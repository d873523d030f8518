import { z } from 'zod';
import { clock } from '../queues/shapes.js';
import { allegations } from './allegations.js';

const words = z.string().nullish();
const way = z.enum(['email', 'text']);
const limb = z.object({ answer: z.string().nullable(), reason: words });
const answered = z.object({ answer: z.string(), words }).nullish();
const circumstances = z.object({
  protection: answered,
  mentalCapacity: answered,
  consent: z.object({ answer: z.string(), ground: z.string().nullish(), words }).nullish(),
  advocacy: z.object({ difficulties: z.array(z.string()), support: z.string(), words }).nullish(),
});

/** To which other council it falls. */
const otherAuthority = z.object({ code: z.string().nullable(), words }).nullish();

/** What was written of a decision that was not made yet. */
const leaning = z.object({
  outcome: z.string().nullable(),
  reason: words,
  otherEnquiryReason: words,
  notSafeguardingReason: z.string().nullable(),
  furtherRoutes: z.array(z.string()),
  sarReferral: z.boolean().nullable(),
  otherAuthority,
});

/** Something that was said or done, with the words that came with it. What a page does not know of it, it leaves out. */
const told = z.object({
  sequence: z.number(),
  type: z.string(),
  at: z.string(),
  actor: z.string().nullable(),
  account: words,
  to: z.string().nullish(),
  what: z.array(z.string()).default([]),
  message: words,
  answer: words,
  /** Whoever raised it wrote it themselves. */
  from: words,
  way: words,
  consent: words,
  /** What whoever raised it says of danger now, and what is known of it from then on. */
  inDanger: words,
  immediateRisk: z.boolean().nullish(),
  reason: words,
  wishes: z.object({ answer: z.string(), words }).optional(),
  outcome: z.string().optional(),
  limbs: z.object({ needs: limb, risk: limb, unable: limb }).optional(),
  leaning: leaning.nullish(),
  circumstances: circumstances.nullish(),
  otherEnquiryReason: words,
  notSafeguardingReason: words,
  furtherRoutes: z.array(z.string()).default([]),
  sarReferral: z.boolean().nullish(),
  otherAuthority,
  decidedBy: words,
  decidedByInWords: words,
  /** By which way whoever raised it hears that more is wanted, or why they do not. */
  notice: z.object({ way: words, not: words }).nullish(),
  name: words,
  verdict: words,
  names: z.array(z.string()).default([]),
  staff: z.array(z.string()).default([]),
  why: words,
  until: words,
  placeId: words,
  mayBeSource: z.boolean().nullish(),
  /** Where a decision sends it, or somebody answered from there, and which decision that was. */
  routes: z.array(z.object({ route: z.string(), otherAuthority: words })).default([]),
  route: words,
  decision: z.number().nullish(),
  reference: words,
  correction: z.object({ field: z.string(), value: z.unknown() }).optional(),
});

/** A colleague who opened a concern, and when. */
export const openedBy = z.object({ id: z.string(), at: z.string() });

const otherConcern = z.object({ id: z.string(), reference: z.string(), receivedAt: z.string(), status: z.string(), outcome: z.string().nullable(), keptFrom: z.array(z.string()).default([]) });

/** A concern as `triage` tells it to whoever works on it. */
export const concernCase = z.object({
  id: z.string(),
  sequence: z.number(),
  reference: z.string(),
  authority: z.string(),
  status: z.enum(['awaiting-triage', 'triaged', 'entered-in-error', 'disposed']),
  permitted: z.array(z.string()),
  legacy: z.boolean(),
  receivedAt: z.string(),
  channel: z.string().nullable(),
  referrerType: z.string().nullable(),
  abuseTypes: z.array(z.string()),
  locationType: z.string().nullable(),
  sourceOfRisk: z.string().nullable(),
  otherAllegations: allegations.default([]),
  immediateRisk: z.boolean().nullable(),
  missing: z.array(z.string()),
  /** When whoever raised it wrote more last, until somebody works on it. */
  moreCameAt: z.string().nullish(),
  /** Since when danger told after the decision waits for somebody to look. */
  dangerToldAt: z.string().nullish(),
  /** By what whoever raised it sees how it goes on. */
  followedBy: z.enum(['account', 'code']).nullish().catch(undefined),
  /** The place of the directory at which it happened. */
  placeId: z.string().nullable().default(null),
  personId: z.string().nullable(),
  ageBand: z.string().nullable(),
  wishes: z.string().nullable(),
  assignedTo: z.string().nullable(),
  decision: z.object({ outcome: z.string(), decidedAt: z.string() }).optional(),
  feedback: z.enum(['owed', 'told', 'not_told', 'not_known']).optional(),
  /** What is on its way to whoever raised it, and what did not arrive. */
  sending: z.object({ at: z.string(), way }).nullish(),
  notSent: z.object({ at: z.string(), way, reason: z.string() }).nullish(),
  /** Who carries messages to people outside. */
  sentBy: z.enum(['outbox', 'notify', 'nobody']).catch('nobody'),
  /** By which ways they can be written to. */
  ways: z.array(z.string()).default([]),
  /** Whoever raised it may be causing the harm, or be close to them; where nobody says, they may. */
  mayBeSource: z.boolean().catch(true),
  /** Their system is told of changes by a webhook. */
  hears: z.boolean().catch(false),
  /** Where it was sent, and what was heard from there. */
  routes: z.array(z.object({ route: z.string(), otherAuthority: z.string().nullable(), decision: z.number(), sentAt: z.string(), state: z.enum(['waiting', 'received', 'refused', 'lapsed']), since: z.string() })).default([]),
  errorProposedBy: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: words, kind: z.string(), bytes: z.number(), state: z.enum(['held', 'clean', 'refused']), addedAt: z.string(), addedBy: z.string() })).default([]),
  /** Whom alone it is open to. */
  restriction: z.object({ names: z.array(z.string()), why: z.string() }).optional(),
  /** From whom it is kept, whoever it is open to. */
  keptFrom: z.array(z.object({ id: z.string(), why: z.string() })).default([]),
  /** Which colleagues opened it lately. */
  openedBy: z.array(openedBy).default([]),
  aboutThem: z.array(otherConcern).default([]),
  /** How many there are, whenever they came in; `people` knows of those alone that were raised here. */
  aboutThemInAll: z.number().default(0),
  /** The others from the same place, so many months back. */
  atPlace: z.object({ items: z.array(otherConcern), total: z.number(), months: z.number() }).nullish(),
  asOf: z.string(),
  clocks: z.array(clock),
  story: z.array(told),
});

const dangerSince = z.object({ at: z.string(), words: z.array(z.object({ at: z.string(), words })), mayTell: z.boolean() });
/** Danger told after a decision, with what whoever raised it wrote since; `mayTell`: their words may show what was decided. */
export const dangerAnswer = z.object({ danger: dangerSince.nullable() });
export type DangerSince = z.infer<typeof dangerSince>;

/** Who somebody is, in the words of `people`. */
export const identity = z
  .object({ givenName: words, familyName: words, birthDate: words, birthDateAsWritten: words, nhsNumber: words, nhsNumberAsWritten: words, address: words, postcode: words })
  .nullish();

/** What somebody found of a person and another: one, kept apart, perhaps one after all, or two after all. */
export const finding = z.object({ personId: z.string(), verdict: z.enum(['joined', 'kept_apart', 'may_be_one', 'separated']), at: z.string(), by: z.string().nullable() });
export type Finding = z.infer<typeof finding>;

/** A person as `people` tells them. */
export const personSeen = z.object({
  id: z.string(),
  sequence: z.number().optional(),
  into: z.string().optional(),
  records: z.array(z.object({ recordId: z.string(), recordKind: z.string() })).default([]),
  identity,
  found: z.array(finding).default([]),
  /** Who put right last who they are. */
  corrected: z.object({ at: z.string(), by: z.string().nullable() }).nullish(),
});

const refused = z.object({ detail: z.string().catch('It was not taken.'), code: z.string().optional().catch(undefined), about: z.string().optional().catch(undefined) });
export type Refused = z.infer<typeof refused>;

/** What the service says where it does not do what was asked. */
export const refusal = z.object({
  ...refused.shape,
  /** All of it, where it is more than one thing. */
  refusals: z.array(refused).min(1).optional().catch(undefined),
  /** The version that there is, where another was seen. */
  sequence: z.number().optional().catch(undefined),
  changes: z.array(z.object({ type: z.string(), at: z.string(), actor: z.string().nullable() })).optional().catch(undefined),
});

export type ConcernCase = z.infer<typeof concernCase>;
export type Told = ConcernCase['story'][number];
export type Circumstances = z.infer<typeof circumstances>;
export type Leaning = z.infer<typeof leaning>;
export type PersonSeen = z.infer<typeof personSeen>;

/** What was judged of a concern that is not decided yet, as it was kept last. */
export function consideredIn({ status, story }: Pick<ConcernCase, 'status' | 'story'>): Told | undefined {
  if (status !== 'awaiting-triage') return undefined;
  const latest = story.findLast(({ type }) => type === 'LimbsConsidered' || type === 'ConcernTriaged');
  return latest?.type === 'LimbsConsidered' ? latest : undefined;
}
