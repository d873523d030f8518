import type { Instant } from '#libs/calendar';
import type { ConfirmEnteredInError, DeclineEnteredInError, EnteredInErrorDeclined, EnteredInErrorProposed, ErrorProposal, ProposeEnteredInError, TextRef } from '#libs/decider';

interface Act {
  at: Instant;
  by: string;
}

export type TeamFormed = Act & { type: 'TeamFormed'; code: string; name: TextRef };

export type TeamEvent =
  | TeamFormed
  | (Act & { type: 'TeamCorrected'; name: TextRef; reason: TextRef })
  | (Act & { type: 'TeamClosed'; reason: TextRef })
  | EnteredInErrorProposed
  | EnteredInErrorDeclined
  | { type: 'TeamEnteredInError'; at: Instant; proposedBy: string; confirmedBy: string; reason: TextRef };

/** What the handler found out: who is in it still. */
interface AmongOthers {
  members: number;
}

/** `isCodeTaken`: another team of the authority goes by it, or went. */
export type FormTeam = Act & { type: 'FormTeam'; code: string; isCodeTaken: boolean; name: TextRef | null };
export type CorrectTeam = Act & { type: 'CorrectTeam'; name: TextRef | null; reason: TextRef | null };
export type CloseTeam = Act & AmongOthers & { type: 'CloseTeam'; reason: TextRef | null };

export type TeamCommand = FormTeam | CorrectTeam | CloseTeam | ProposeEnteredInError | DeclineEnteredInError | (ConfirmEnteredInError & AmongOthers);

interface KnownTeam {
  code: string;
  name: TextRef;
  errorProposal: ErrorProposal | null;
}

export type Team = { status: 'absent' } | { status: 'open'; team: KnownTeam } | { status: 'closed'; team: KnownTeam } | { status: 'entered-in-error'; team: KnownTeam };
