import { listInWords, missingItems, timeInWords, visitor } from '#libs/pages';
import { z } from 'zod';
import { paths } from '../paths.js';
import type { FilePlace } from '../files/file-place.js';
import { isAboutOneself } from './about-oneself.js';
import { answersInWords } from './answers.js';
import { councils } from './choices.js';
import { isInDanger } from './danger.js';
import { authorityOf } from './concern-to-raise.js';
import type { Typed } from './typed.js';

/** What somebody may still tell, in words for whoever raised it. */
const wanted: Record<string, string> = { ...missingItems, referrer_contact: 'how to reach you' };
/** The same for whoever told of themselves. */
const wantedOfOneself: Record<string, string> = {
  ...wanted,
  person_name: 'your name',
  person_date_of_birth: 'your date of birth',
  area: 'which council’s area you live in',
  person_address: 'where you live',
  immediate_risk: 'whether you are in danger now',
  wishes: 'what you want',
  consent: 'whether you agree',
};
export const wantedFrom = ({ isOwn }: { isOwn: boolean }): Record<string, string> => (isOwn ? wantedOfOneself : wanted);

/** What is kept of a concern that was sent, until the browser is closed: nothing that tells of anybody. */
export const receipt = z.object({
  reference: z.string(),
  missing: z.array(z.string()).default([]),
  /** By which it is found again, to add a file to it: where it lies with which council, and in whose name it was raised; empty: in nobody's. */
  id: z.string().optional(),
  authority: z.string().nullish(),
  as: z.string().default(''),
});
export type Receipt = z.infer<typeof receipt>;

/** As a cookie holds it. */
export function writeReceipt({ reference, missing, id, authority, as }: Receipt): string {
  return Buffer.from(JSON.stringify({ reference, missing, id, authority, as })).toString('base64url');
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
export function wantedInWords(missing: string[], whose: { isOwn: boolean }): string | undefined {
  const items = missing.flatMap((item) => wantedFrom(whose)[item] ?? []);
  return items.length > 0 ? listInWords(items) : undefined;
}

/** Where files are added to the concern of a receipt: undefined where whoever holds it may not, since it was raised in another's name. */
export function placeOf({ id, authority, as }: Receipt): FilePlace | undefined {
  return id && authority && (as === '' || as === visitor()?.id) ? { id, authority, as } : undefined;
}

/** Whether whoever has no account can follow it by a code, as far as their answers are still there to tell. */
function byCode({ missing }: Receipt, answers: Typed | undefined) {
  if (visitor()) return {};
  if (missing.includes('referrer_contact')) return { noCode: 'You gave no email address or telephone number, so no code can be sent to you.' };
  if (answers && ['yes', 'not_sure'].includes(answers.contact_risky)) return { noCode: 'By what you told us it could be dangerous to email or ring you, so no code is sent to you.' };
  if (answers && answers.contact_risky !== 'no' && answers.safe_contact !== '') return { noCode: 'You told us how it is safe to reach you, which a person has to read, so no code is sent to you.' };
  const emailOnly = answers && answers.email !== '';
  return { codeHref: paths.follow(), codeGoesTo: emailOnly ? 'It goes to the email address that you gave.' : 'It goes to the email address or the mobile number that you gave, unless you told us that it could be dangerous to email or ring you, or told us in words alone how it is safe.' };
}

/** What the receipt shows. `answers`: they are still there, to be printed. */
export function receiptPage(kept: Receipt, { phone, answers }: { phone: string; answers: Typed | undefined }) {
  const { reference, missing, authority } = kept;
  const isOwn = answers !== undefined && isAboutOneself(answers);
  return {
    title: 'We have your concern',
    here: paths.receipt(),
    reference,
    phone,
    inDanger: isInDanger(answers),
    council: councils[authority ?? ''],
    isAreaUnknown: missing.includes('area'),
    isOwn,
    wanted: wantedInWords(missing, { isOwn }),
    copyHref: answers ? paths.copy() : undefined,
    filesHref: placeOf(kept) ? paths.receiptFiles() : undefined,
    followHref: visitor() && kept.as !== '' ? paths.raised() : undefined,
    ...byCode(kept, answers),
    anotherHref: paths.newConcern(),
  };
}

/** What was sent, to be printed. */
export function copyPage({ reference, authority, at }: Pick<Receipt, 'reference' | 'authority'> & { at: string }, answers: Typed) {
  return {
    title: `Your concern ${reference}`,
    here: paths.copy(),
    back: { href: paths.receipt(), text: 'Back' },
    sentAt: timeInWords(at),
    council: councils[authority ?? authorityOf(answers)],
    sections: answersInWords(answers, { isChangeable: false }),
  };
}
