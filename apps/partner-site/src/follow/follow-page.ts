import { z } from 'zod';
import { dayOf, pagination, timeInWords } from '#libs/pages';
import { abuseInWords, councils } from '../concern/choices.js';
import { wantedInWords } from '../concern/receipt.js';
import { toldInWords } from '../more/more-page.js';
import { paths } from '../paths.js';

/** A concern of whoever is signed in, as `triage` tells them of it. */
export const raisedItem = z.object({
  id: z.string().optional(),
  reference: z.string(),
  receivedAt: z.string(),
  /** The council that has it. */
  authority: z.string().nullish(),
  status: z.string(),
  stage: z.string().nullish(),
  /** What they are asked for, and when somebody asked for it in particular. */
  missing: z.array(z.string()),
  askedAt: z.string().nullish(),
  told: z.array(z.object({ at: z.string(), what: z.array(z.string()), inDanger: z.string().optional() })).default([]),
  decidedAt: z.string().nullable(),
  feedback: z.string().nullable(),
  /** What was written to them. */
  message: z.string().nullish(),
  /** The kinds of abuse that they named themselves. */
  abuseTypes: z.array(z.string()).catch([]),
  /** They told of themselves. */
  isOwn: z.boolean().catch(false),
});

/** How the concerns of whoever is signed in go on, as `triage` tells them. */
export const raised = z.object({ items: z.array(raisedItem), total: z.number(), page: z.number(), pageSize: z.number() });

export function followPage({ items, total, page, pageSize }: z.infer<typeof raised>, phone: string) {
  return {
    title: 'Concerns that you raised',
    here: paths.raised(),
    phone,
    newHref: paths.newConcern(),
    concerns: items.map((one) => ({ reference: one.reference, sent: timeInWords(one.receivedAt), kind: one.abuseTypes.map(abuseInWords).join(', '), lines: [...linesOf(one), ...toldInWords(one)], message: one.message?.split(/\n{2,}/) ?? [], ...moreOf(one), filesHref: one.id && paths.raisedFiles(one.id) })),
    pages: pagination(page, Math.max(1, Math.ceil(total / pageSize)), (number) => paths.raised(number)),
  };
}

/** Where they answer, and write what else they know; nowhere where it was taken back. */
function moreOf({ id, status, decidedAt, missing, isOwn }: z.infer<typeof raisedItem>) {
  if (!id || status === 'entered-in-error') return {};
  return { moreHref: paths.raisedMore(id), moreText: decidedAt === null && wantedInWords(missing, { isOwn }) ? 'Answer, or tell us more' : 'Tell us more' };
}

const told: Record<string, string> = {
  owed: 'We will tell you what became of it, as far as we may.',
  told: 'We have told you what became of it.',
  not_told: 'We cannot tell you more about it.',
};

const by = (authority: string | null | undefined): string => (councils[authority ?? ''] ? ` by ${councils[authority ?? '']}` : '');

/** What somebody asked for in particular, or else what would help. */
export function askedInWords({ askedAt, missing, isOwn }: { askedAt?: string | null | undefined; missing: string[]; isOwn: boolean }): string | undefined {
  const wanted = wantedInWords(missing, { isOwn });
  if (!askedAt) return wanted && `If you can, tell us: ${wanted}.`;
  const when = timeInWords(askedAt);
  return wanted ? `Somebody looked at it on ${when}, and more is wanted. If you can, tell us: ${wanted}.` : `Somebody looked at it on ${when} and asked for more. It has come: nothing more is wanted now.`;
}

function linesOf({ authority, status, stage, missing, askedAt, isOwn, decidedAt, feedback }: z.infer<typeof raisedItem>): string[] {
  if (status === 'entered-in-error') return ['It was taken back: it should not have been recorded.'];
  if (decidedAt !== null) return [`Decided on ${dayOf(decidedAt)}${by(authority)}.`, told[feedback ?? ''] ?? ''].filter(Boolean);
  const soFar = stage === 'being_looked_at' ? 'somebody looks at it. It is not decided yet' : 'nobody has decided it yet';
  return [`${councils[authority ?? ''] ?? 'The council'} has it, and ${soFar}.`, askedInWords({ askedAt, missing, isOwn }) ?? ''].filter(Boolean);
}
