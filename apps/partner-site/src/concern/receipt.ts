import { listInWords, missingItems, timeInWords, visitor } from '#libs/pages';
import { z } from 'zod';
import { paths } from '../paths.js';
import { answersInWords } from './answers.js';
import type { Typed } from './typed.js';

const wantedOf: Record<string, string> = { ...missingItems, referrer_contact: 'how to reach you' };

/** What is kept of a concern that was sent, until the browser is closed: nothing that tells of anybody. */
export const receipt = z.object({ reference: z.string(), missing: z.array(z.string()).default([]) });
export type Receipt = z.infer<typeof receipt>;

/** As a cookie holds it. */
export function writeReceipt({ reference, missing }: Receipt): string {
  return Buffer.from(JSON.stringify({ reference, missing })).toString('base64url');
}

/** Reads the cookie back; nothing when it is not one of ours. */
export function readReceipt(kept: string | null | undefined): Receipt | undefined {
  try {
    return receipt.parse(JSON.parse(Buffer.from(kept ?? '', 'base64url').toString()));
  } catch {
    return undefined;
  }
}

/** What whoever raised a concern may still tell; nothing: undefined. */
export function wantedInWords(missing: string[]): string | undefined {
  const wanted = missing.flatMap((item) => wantedOf[item] ?? []);
  return wanted.length > 0 ? listInWords(wanted) : undefined;
}

/** What the receipt shows. `hasCopy`: the answers are still there, to be printed. */
export function receiptPage({ reference, missing }: Receipt, { phone, hasCopy }: { phone: string; hasCopy: boolean }) {
  return {
    title: 'We have your concern',
    here: paths.receipt(),
    reference,
    phone,
    wanted: wantedInWords(missing),
    copyHref: hasCopy ? paths.copy() : undefined,
    followHref: visitor() ? paths.raised() : undefined,
    codeHref: visitor() ? undefined : paths.follow(),
    anotherHref: paths.newConcern(),
  };
}

/** What was sent, to be printed. */
export function copyPage({ reference, at }: Receipt & { at: string }, answers: Typed) {
  return {
    title: `Your concern ${reference}`,
    here: paths.copy(),
    back: { href: paths.receipt(), text: 'Back' },
    sentAt: timeInWords(at),
    sections: answersInWords(answers, { isChangeable: false }),
  };
}
