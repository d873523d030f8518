import { z } from 'zod';
import type { ConfirmDisposal, DeclineDisposal, LiftLegalHold, PlaceLegalHold, ProposeDisposal } from '#libs/retention';
import type { Answer, Making } from './commands.js';

const words = z.string().trim().max(20_000).default('');

/** Which page of the records that are due. */
export const dueQuestion = z.strictObject({ after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
export type DueQuestion = z.infer<typeof dueQuestion>;

/** A reference may be somebody's name in an old system: it is sent, and stands in no address. */
export const calledBody = z.strictObject({ reference: z.string().trim().min(1).max(100).regex(/^\P{Cc}+$/u, 'must be a reference, in one line') });

/** The three things that somebody can do about a record whose retention has ended. */
export const disposalStep = z.enum(['propose', 'confirm', 'decline']);
export type DisposalStep = z.infer<typeof disposalStep>;

export const disposalBody = z.strictObject({ reason: words });
export const legalHoldBody = z.strictObject({ held: z.boolean(), reason: words });

/** What became of it: nothing that is in the record, which whoever keeps or disposes of it may not read. */
export interface KeptOrNot extends Answer {
  status: string;
  onHold: boolean;
}

/** What somebody says about a record's end, as the command that the rules judge; `known` is what those have to know besides. */
export function aboutDisposal<Known>(step: DisposalStep, reason: string, { making: { words: kept, now, by }, known }: { making: Making; known: Known }): (ProposeDisposal & Known) | DeclineDisposal | (ConfirmDisposal & Known) {
  if (step === 'decline') return { type: 'DeclineDisposal', at: now, by, reason: kept.keep(reason) };
  return { type: step === 'confirm' ? 'ConfirmDisposal' : 'ProposeDisposal', at: now, by, ...known } as (ProposeDisposal & Known) | (ConfirmDisposal & Known);
}

/** What somebody says about keeping a record whatever its retention says. */
export const aboutLegalHold = ({ held, reason }: z.infer<typeof legalHoldBody>, { words: kept, now, by }: Making): PlaceLegalHold | LiftLegalHold => ({ type: held ? 'PlaceLegalHold' : 'LiftLegalHold', at: now, by, reason: kept.keep(reason) });
