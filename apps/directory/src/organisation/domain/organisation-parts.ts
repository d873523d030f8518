import type { Day, Instant } from '#libs/calendar';
import type { ConfirmEnteredInError, DeclineEnteredInError, EnteredInErrorDeclined, EnteredInErrorProposed, ErrorProposal, ProposeEnteredInError, TextRef } from '#libs/decider';

import type { OrganisationKind } from './codes.js';

interface Act {
  at: Instant;
  by: string;
}

/** One thing put right. */
export type Correction = { field: 'name'; value: TextRef } | { field: 'kind'; value: OrganisationKind };
export type GivenCorrection = { field: 'name'; value: TextRef | null } | { field: 'kind'; value: OrganisationKind };

export type OrganisationRegistered = Act & { type: 'OrganisationRegistered'; kind: OrganisationKind; name: TextRef };

export type OrganisationEvent =
  | OrganisationRegistered
  | (Act & { type: 'OrganisationCorrected'; correction: Correction; reason: TextRef })
  | (Act & { type: 'OrganisationClosed'; closedOn: Day; reason: TextRef | null })
  | (Act & { type: 'PartnerAdded'; partnerId: string })
  | (Act & { type: 'PartnerRemoved'; partnerId: string })
  | EnteredInErrorProposed
  | EnteredInErrorDeclined
  | { type: 'OrganisationEnteredInError'; at: Instant; proposedBy: string; confirmedBy: string; reason: TextRef };

/** What the handler found out: how many places it runs still. */
interface AmongOthers {
  places: number;
}

export type RegisterOrganisation = Act & { type: 'RegisterOrganisation'; kind: OrganisationKind; name: TextRef | null };
export type CorrectOrganisation = Act & { type: 'CorrectOrganisation'; correction: GivenCorrection; reason: TextRef | null };
export type CloseOrganisation = Act & AmongOthers & { type: 'CloseOrganisation'; closedOn: Day; today: Day; reason: TextRef | null };

/** `isAnothers`: they sign in for another organisation of the council. */
export type AddPartner = Act & { type: 'AddPartner'; partnerId: string; isAnothers: boolean };
export type RemovePartner = Act & { type: 'RemovePartner'; partnerId: string };

export type OrganisationCommand =
  | RegisterOrganisation
  | CorrectOrganisation
  | CloseOrganisation
  | AddPartner
  | RemovePartner
  | ProposeEnteredInError
  | DeclineEnteredInError
  | (ConfirmEnteredInError & AmongOthers);

/** Somebody of its people, or a program of its own, by the id by which they act; since when, and who said so. */
export interface Partner {
  id: string;
  since: Instant;
  by: string;
}

interface KnownOrganisation {
  kind: OrganisationKind;
  name: TextRef;
  /** Who signs in for it. */
  partners: Partner[];
  errorProposal: ErrorProposal | null;
}

export type Organisation =
  | { status: 'absent' }
  | { status: 'open'; organisation: KnownOrganisation }
  | { status: 'closed'; organisation: KnownOrganisation; closedOn: Day }
  | { status: 'entered-in-error'; organisation: KnownOrganisation };
