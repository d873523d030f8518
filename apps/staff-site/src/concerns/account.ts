import { z } from 'zod';
import type { ConcernCase } from './shapes.js';

const some = z.string().optional();

/** What whoever raised a concern said, as a form asks it. */
const account = z.object({
  worry: z.string(),
  referrer: z.object({ name: some, role: some, organisation: some, email: some, phone: some }).default({}),
  consent: z.object({ given: z.string(), why: some }).optional(),
});
export type Account = z.infer<typeof account>;

/** An old system told it in words alone; where the words were disposed of, nothing is left. */
export function accountOf({ story }: Pick<ConcernCase, 'story'>): Account | undefined {
  const words = story.find(({ account: said }) => said)?.account;
  return words ? (formOf(words) ?? { worry: words, referrer: {} }) : undefined;
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
