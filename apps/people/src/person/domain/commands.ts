import type { Instant } from '#libs/calendar';
import type * as retention from '#libs/retention';
import type { Act, Characteristics, Claim, IdentityField, LetGo, Reasoned } from './parts.js';
import type { RetentionBasis } from './retention-rules.js';
import type { Schedule } from './retention.js';
import type { Apartness } from './state.js';

export type RegisterPerson = { type: 'RegisterPerson' } & Act & Characteristics;
export type ImportPerson = { type: 'ImportPerson'; at: Instant } & Characteristics;
export type KeepClaim = { type: 'KeepClaim'; at: Instant } & Claim;
export type BecomeKnownTo = { type: 'BecomeKnownTo'; at: Instant; authority: string };
export type CorrectCharacteristics = { type: 'CorrectCharacteristics'; changes: Partial<Characteristics> } & Reasoned;
export type CorrectIdentity = {
  type: 'CorrectIdentity';
  fields: IdentityField[];
  /** Age bands judged again, where the date of birth has changed. */
  ageBands: Pick<Claim, 'recordId' | 'ageBand' | 'under18'>[];
} & Reasoned;

/** A fact about the other person: what their story says of this one. */
interface OfOther {
  otherSays: Apartness | null;
}

export type JoinPersons = {
  type: 'JoinPersons';
  into: string;
  personId: string;
  /** A fact about the other person: whether they are there to be joined into. */
  intoIsKnown: boolean;
} & OfOther & Reasoned;
export type SeparatePersons = { type: 'SeparatePersons'; from: string } & Reasoned;
export type KeepApart = {
  type: 'KeepApart';
  other: string;
  personId: string;
  /** A fact about the other person: whether this one stands for them, whoever they were joined into first. */
  otherIsJoinedHere: boolean;
} & OfOther & Reasoned;
export type UndoKeepApart = { type: 'UndoKeepApart'; other: string } & OfOther & Reasoned;
export type LetGoOfRecord = { type: 'LetGoOfRecord'; at: Instant } & LetGo;
/** Every service was asked, and none keeps a record that names them or whoever was joined into them. */
export type NoteUnneeded = { type: 'NoteUnneeded'; at: Instant };

/** A person has no one authority: each keeps them for itself. */
interface OfCouncil {
  authority: string;
}

export type PlaceLegalHold = retention.PlaceLegalHold & OfCouncil;
export type LiftLegalHold = retention.LiftLegalHold & OfCouncil;
export type ProposeDisposal = retention.ProposeDisposal & OfCouncil & Schedule;
export type DeclineDisposal = retention.DeclineDisposal & OfCouncil;
export type ConfirmDisposal = retention.ConfirmDisposal & OfCouncil & Schedule;
/** Who was joined into somebody goes with them. */
export type DisposeTogether = { type: 'DisposeTogether' } & Omit<retention.Disposing<'', RetentionBasis>, 'type'>;
export type ProposeEnteredInError = { type: 'ProposeEnteredInError' } & Reasoned;
export type DeclineEnteredInError = { type: 'DeclineEnteredInError' } & Act;
export type ConfirmEnteredInError = { type: 'ConfirmEnteredInError' } & Act;

export type PersonCommand =
  | RegisterPerson
  | ImportPerson
  | KeepClaim
  | BecomeKnownTo
  | CorrectCharacteristics
  | CorrectIdentity
  | JoinPersons
  | SeparatePersons
  | KeepApart
  | UndoKeepApart
  | LetGoOfRecord
  | NoteUnneeded
  | PlaceLegalHold
  | LiftLegalHold
  | ProposeDisposal
  | DeclineDisposal
  | ConfirmDisposal
  | DisposeTogether
  | ProposeEnteredInError
  | DeclineEnteredInError
  | ConfirmEnteredInError;

export type CommandType = PersonCommand['type'];
