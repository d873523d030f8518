import { NotAllowed, ServiceUnavailable, SignedOut, visitor } from '#libs/pages';
import { z } from 'zod';
import { isAboutOneself } from './about-oneself.js';
import type { Typed } from './typed.js';

/** A partner organisation, as the directory has it. */
export const ownOrganisation = z.object({ name: z.string(), type: z.string() });

/** What is known of whoever is signed in, who need not say it. */
export interface Own {
  name: string;
  organisation?: z.infer<typeof ownOrganisation> | undefined;
}

/** Whoever says for which organisation somebody signs in. */
interface Knowing {
  ownOrganisation(): Promise<Own['organisation']>;
}

/** Whoever writes for themselves, or as family, writes for no organisation. */
const privately: readonly string[] = ['self', 'family_or_friend'];

/** What is known now; where nobody can say for which organisation it is, the page asks. */
export async function ownNow(triage: Knowing): Promise<Own> {
  const name = visitor()?.name ?? '';
  const organisation = visitor() && (await triage.ownOrganisation().catch(unlessUnknown));
  return { name, organisation };
}

/** The answers with what is known in the place of what was left out. */
export function withOwn(answers: Typed, { name, organisation }: Own): Typed {
  const named = { ...answers, referrer_name: answers.referrer_name || name };
  if (!organisation) return named;
  // What the form had filled in for them is not what they say of themselves.
  const isFilledIn = { name: answers.organisation === organisation.name, type: isAboutOneself(answers) && answers.referrer_type === organisation.type };
  if (isAboutOneself(answers) || privately.includes(answers.referrer_type))
    return { ...named, organisation: isFilledIn.name ? '' : answers.organisation, referrer_type: isFilledIn.type ? 'self' : answers.referrer_type };
  return { ...named, organisation: answers.organisation || organisation.name, referrer_type: answers.referrer_type || organisation.type };
}

function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof ServiceUnavailable || error instanceof NotAllowed || error instanceof SignedOut)) throw error;
}
