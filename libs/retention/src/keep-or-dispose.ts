import { type Day, type Instant, londonDay } from '#libs/calendar';
import { assertNever, RuleViolation, type TextRef } from '#libs/decider';
import type { RetentionBasis } from './rules.js';

interface Act {
  at: Instant;
  by: string;
}

type Reasoned = Act & { reason: TextRef | null };

export type PlaceLegalHold = Reasoned & { type: 'PlaceLegalHold' };
export type LiftLegalHold = Reasoned & { type: 'LiftLegalHold' };
export type ProposeDisposal = Act & { type: 'ProposeDisposal' };
export type DeclineDisposal = Reasoned & { type: 'DeclineDisposal' };
export type ConfirmDisposal = Act & { type: 'ConfirmDisposal' };
export type KeepOrDispose = PlaceLegalHold | LiftLegalHold | ProposeDisposal | DeclineDisposal | ConfirmDisposal;

type Told = Act & { reason: TextRef };

/** What keeps a record beyond its retention, or says that it may go. */
export type KeepingEvent<Basis> =
  | (Told & { type: 'LegalHoldPlaced' })
  | (Told & { type: 'LegalHoldLifted' })
  | (Act & { type: 'DisposalProposed'; retention: Basis })
  | (Told & { type: 'DisposalDeclined' });

/** That a record was disposed of, as its own kind of record calls it. */
export interface Disposing<Type extends string, Basis> {
  type: Type;
  at: Instant;
  proposedBy: string;
  confirmedBy: string;
  retention: Basis;
}

/** What a record's story says about keeping it. */
export interface Keeping {
  /** Somebody needs it to be kept, whatever its retention says. */
  legalHold: Told | null;
  /** Somebody has said that it may be disposed of; a second person has yet to agree. Whatever happens to it meanwhile puts an end to that. */
  disposalProposal: Act | null;
}

/** Whether the other record that a record is kept with is under a legal hold. Where nobody can say now, it is kept as if it were. */
export type HeldWith = 'no' | 'yes' | 'not_known';

/** A record whose retention is asked about. */
export interface Kept<Basis extends RetentionBasis, Type extends string> {
  /** The record in the codes of refusals. */
  code: string;
  /** The record in words. */
  noun: string;
  keeping: Keeping;
  /** The other record that it belongs with, in words, and whether that is on hold: a hold on either keeps both. */
  heldWith?: { noun: string; is: HeldWith };
  /** Until when it is kept, by the rules of a day; undefined where nothing says so. */
  retentionOn(day: Day): Basis | undefined;
  /** Why nothing may say so. */
  unless: string;
  /** The event with which it goes. */
  disposes: Type;
}

export const NOTHING_KEEPS_IT: Keeping = { legalHold: null, disposalProposal: null };

/** The types of the events that are about keeping a record and no contact with it. */
export const ABOUT_KEEPING = ['LegalHoldPlaced', 'LegalHoldLifted', 'DisposalProposed', 'DisposalDeclined'] as const satisfies KeepingEvent<never>['type'][];

/** What is done with a record at the end of its retention, and what keeps it beyond that. */
export function keepOrDispose<Basis extends RetentionBasis, Type extends string>(command: KeepOrDispose, kept: Kept<Basis, Type>): (KeepingEvent<Basis> | Disposing<Type, Basis>)[] {
  if (command.by.trim() === '') refuse(kept, 'person-required', 'Say who is doing this. The record must name a person.');
  switch (command.type) {
    case 'PlaceLegalHold':
      return placeLegalHold(command, kept);
    case 'LiftLegalHold':
      return liftLegalHold(command, kept);
    case 'ProposeDisposal':
      return proposeDisposal(command, kept);
    case 'DeclineDisposal':
      return declineDisposal(command, kept);
    case 'ConfirmDisposal':
      return confirmDisposal(command, kept);
    default:
      return assertNever(command);
  }
}

type About = Kept<RetentionBasis, string>;

/** Keeps a record whatever its retention says, as an inquiry or a court asks. */
function placeLegalHold({ at, by, reason }: PlaceLegalHold, kept: About): KeepingEvent<never>[] {
  if (reason === null) return refuse(kept, 'reason-required', `Say who needs this ${kept.noun} to be kept, and why.`);
  return kept.keeping.legalHold ? [] : [{ type: 'LegalHoldPlaced', at, by, reason }];
}

/** Nobody needs it to be kept any more: its retention counts again. */
function liftLegalHold({ at, by, reason }: LiftLegalHold, kept: About): KeepingEvent<never>[] {
  if (!kept.keeping.legalHold) return [];
  if (reason === null) return refuse(kept, 'reason-required', `Say why this ${kept.noun} need not be kept any more.`);
  return [{ type: 'LegalHoldLifted', at, by, reason }];
}

/** The first of the two people: has looked at it and says that nobody needs it any more. */
function proposeDisposal<Basis extends RetentionBasis>({ at, by }: ProposeDisposal, kept: Kept<Basis, string>): KeepingEvent<Basis>[] {
  const retention = due(at, kept);
  const { disposalProposal } = kept.keeping;
  if (disposalProposal?.by === by) return [];
  if (disposalProposal) refuse(kept, 'disposal-already-proposed', 'A colleague has already said that this may be disposed of. Confirm it or decline it.');
  return [{ type: 'DisposalProposed', at, by, retention }];
}

/** Keeps the record for now: the first person takes it back, or another disagrees. */
function declineDisposal({ at, by, reason }: DeclineDisposal, kept: About): KeepingEvent<never>[] {
  if (kept.keeping.disposalProposal === null) return [];
  if (reason === null) return refuse(kept, 'reason-required', `Say why this ${kept.noun} is to be kept.`);
  return [{ type: 'DisposalDeclined', at, by, reason }];
}

/** The second person agrees. Whatever was said goes for good; that there was a record, and what was decided in codes, stays. */
function confirmDisposal<Basis extends RetentionBasis, Type extends string>({ at, by }: ConfirmDisposal, kept: Kept<Basis, Type>): Disposing<Type, Basis>[] {
  const { disposalProposal } = kept.keeping;
  if (disposalProposal === null)
    return refuse(kept, 'disposal-not-proposed', 'Nobody has said yet that this may be disposed of. Somebody must, before it can be confirmed.');
  if (disposalProposal.by === by) refuse(kept, 'second-person-required', 'You said yourself that this may be disposed of. A colleague has to confirm it.');
  return [{ type: kept.disposes, at, proposedBy: disposalProposal.by, confirmedBy: by, retention: due(at, kept) }];
}

/** By what it may go. Throws where it may not: something holds it, or its time has not come. */
function due<Basis extends RetentionBasis>(at: Instant, kept: Kept<Basis, string>): Basis {
  if (kept.keeping.legalHold) return refuse(kept, 'on-hold', `This ${kept.noun} is under a legal hold and is kept until that is lifted.`);
  notHeldWith(kept);
  const today = londonDay(at);
  const retention = kept.retentionOn(today);
  if (!retention) return refuse(kept, 'no-retention', `Nothing says how long this ${kept.noun} is kept: ${kept.unless}.`);
  if (retention.dueOn > today) return refuse(kept, 'not-due', `This ${kept.noun} has to be kept for longer.`);
  return retention;
}

function notHeldWith(kept: About): void {
  const { noun, is } = kept.heldWith ?? { noun: '', is: 'no' };
  if (is === 'yes') refuse(kept, 'held-with', `The ${noun} of this ${kept.noun} is under a legal hold, and both are kept until that is lifted.`);
  if (is === 'not_known') refuse(kept, 'hold-not-known', `It cannot be learnt just now whether the ${noun} of this ${kept.noun} is under a legal hold. It is kept. Try again in a moment.`);
}

function refuse({ code }: Pick<About, 'code'>, what: string, message: string): never {
  throw new RuleViolation(`${code}/${what}`, message);
}

/** What a story says about keeping its record after one more event of that. */
export function keepingAfter(keeping: Keeping, event: KeepingEvent<unknown>): Keeping {
  switch (event.type) {
    case 'LegalHoldPlaced':
      return { legalHold: { by: event.by, at: event.at, reason: event.reason }, disposalProposal: null };
    case 'LegalHoldLifted':
      return { ...keeping, legalHold: null };
    case 'DisposalProposed':
      return { ...keeping, disposalProposal: { by: event.by, at: event.at } };
    case 'DisposalDeclined':
      return { ...keeping, disposalProposal: null };
    default:
      return assertNever(event);
  }
}

/** What may be done about keeping a record, so far as its story alone can tell. */
export function permittedAtEnd(keeping: Keeping): KeepOrDispose['type'][] {
  if (keeping.legalHold) return ['LiftLegalHold'];
  return ['PlaceLegalHold', ...(keeping.disposalProposal ? (['ConfirmDisposal', 'DeclineDisposal'] as const) : (['ProposeDisposal'] as const))];
}
