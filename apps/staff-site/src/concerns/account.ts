import { z } from 'zod';
import type { ConcernCase } from './shapes.js';

const some = z.string().optional();

/** What whoever raised a concern said, as a form asks it. */
const account = z.object({
  worry: z.string(),
  referrer: z.object({ name: some, role: some, organisation: some, email: some, phone: some }).default({}),
  consent: z.object({ given: z.string(), why: some }).optional(),
  wishes: z.object({ asked: z.string(), words: some }).optional(),
  details: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
});
export type Account = z.infer<typeof account>;

/** An old system told it in words alone; where the words were disposed of, nothing is left. */
export function accountOf({ story }: Pick<ConcernCase, 'story'>): Account | undefined {
  const words = story.find(({ account: said }) => said)?.account;
  return words ? (formOf(words) ?? { worry: words, referrer: {}, details: {} }) : undefined;
}

function formOf(words: string): Account | undefined {
  try {
    return account.safeParse(JSON.parse(words)).data;
  } catch {
    return undefined;
  }
}

/** How whoever raised it can be reached. */
export function contactOf(said: Account | undefined): string[] {
  const { email, phone } = said?.referrer ?? {};
  return [email, phone].filter((way) => way !== undefined && way !== '') as string[];
}

export interface Reach {
  contact: string[];
  /** The same by the way of a message. */
  contacts: { email?: string; text?: string };
  isRisky: boolean;
  /** Whether it could be dangerous to email or ring them, as they answered. */
  isDanger: string | undefined;
  /** They answered that it is not dangerous, and wished for nothing of how and when. */
  isSaidSafe: boolean;
  /** They said how it is safe. */
  wishes: boolean;
  safety: string | undefined;
  /** They see on their own page what is asked for, and can answer there; undefined where nobody says whether they can. */
  onPage: 'account' | 'no' | undefined;
  person: string | undefined;
}

/** What somebody has to know before they ring: how to reach whoever raised it, and the person, and how safe that is. */
export function reachOf(concern: Pick<ConcernCase, 'story'> & Partial<Pick<ConcernCase, 'followedBy' | 'mayBeSource'>>): Reach {
  const said = accountOf(concern);
  const { personContact } = said?.details ?? {};
  const { contactRisky, safeContact } = said?.details ?? {};
  const { email, phone } = said?.referrer ?? {};
  return {
    contact: contactOf(said),
    contacts: { ...(email && { email }), ...(phone && { text: phone }) },
    isRisky: contactRisky === 'yes' || contactRisky === 'not_sure',
    isDanger: [contactRisky ?? []].flat().join() || undefined,
    isSaidSafe: contactRisky === 'no' && !safeContact,
    wishes: Boolean(safeContact),
    safety: safetyOfContact(said),
    onPage: concern.mayBeSource ? 'no' : concern.followedBy === 'account' ? 'account' : undefined,
    person: [personContact ?? []].flat().join(', ') || undefined,
  };
}

const dangers: Record<string, string> = {
  yes: 'They say that it could be dangerous to email or ring them.',
  not_sure: 'They are not sure whether it could be dangerous to email or ring them.',
  no: 'They say that it is not dangerous to email or ring them.',
};

/** What they said of reaching them safely; nothing: undefined. */
export function safetyOfContact(said: Account | undefined): string | undefined {
  const { contactRisky, safeContact } = said?.details ?? {};
  return [dangers[[contactRisky ?? []].flat().join()], safeContact && `How and when, in their words: ${[safeContact].flat().join(', ')}`].filter(Boolean).join(' ') || undefined;
}
