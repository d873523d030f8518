import type { Day, Instant } from '#libs/calendar';
import type { ConfirmEnteredInError, DeclineEnteredInError, EnteredInErrorDeclined, EnteredInErrorProposed, ErrorProposal, ProposeEnteredInError, TextRef } from '#libs/decider';

import type { PlaceSetting } from './codes.js';

interface Act {
  at: Instant;
  by: string;
}

/** What may be told of a place. Null means "not known". */
export interface Particulars {
  cqcLocationId: string | null;
  setting: PlaceSetting;
  /** A code, such as `kettering`. */
  localArea: string | null;
}

type CodedCorrection = { [Field in keyof Particulars]: { field: Field; value: Particulars[Field] } }[keyof Particulars];

/** One thing put right. That another organisation runs it now is no correction. */
export type Correction = { field: 'name'; value: TextRef } | CodedCorrection;
export type GivenCorrection = { field: 'name'; value: TextRef | null } | CodedCorrection;

export type PlaceRegistered = Act & Particulars & { type: 'PlaceRegistered'; organisationId: string | null; name: TextRef };

export type PlaceEvent =
  | PlaceRegistered
  | (Act & { type: 'PlaceCorrected'; correction: Correction; reason: TextRef })
  | (Act & { type: 'PlaceTakenOver'; organisationId: string | null; since: Day })
  | (Act & { type: 'PlaceClosed'; closedOn: Day; reason: TextRef | null })
  | EnteredInErrorProposed
  | EnteredInErrorDeclined
  | { type: 'PlaceEnteredInError'; at: Instant; proposedBy: string; confirmedBy: string; reason: TextRef };

/** What the handler found out: another open place of the authority has this location id. */
interface AmongOthers {
  isLocationTaken: boolean;
}

/** Whether the organisation that is named is there and open; true where none is named. */
interface Runs {
  isOrganisationOpen: boolean;
}

export type RegisterPlace = Act & Particulars & AmongOthers & Runs & { type: 'RegisterPlace'; organisationId: string | null; name: TextRef | null };
export type CorrectPlace = Act & AmongOthers & { type: 'CorrectPlace'; correction: GivenCorrection; reason: TextRef | null };
export type TakeOverPlace = Act & Runs & { type: 'TakeOverPlace'; organisationId: string | null; since: Day; today: Day };
export type ClosePlace = Act & { type: 'ClosePlace'; closedOn: Day; today: Day; reason: TextRef | null };

export type PlaceCommand = RegisterPlace | CorrectPlace | TakeOverPlace | ClosePlace | ProposeEnteredInError | DeclineEnteredInError | ConfirmEnteredInError;

export interface KnownPlace extends Particulars {
  organisationId: string | null;
  name: TextRef;
  errorProposal: ErrorProposal | null;
}

export type Place =
  | { status: 'absent' }
  | { status: 'open'; place: KnownPlace }
  | { status: 'closed'; place: KnownPlace; closedOn: Day }
  | { status: 'entered-in-error'; place: KnownPlace };
