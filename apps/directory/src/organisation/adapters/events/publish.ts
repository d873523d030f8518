import { publishing } from '#libs/journal';
import { contract, nothing } from '../../../published.js';
import type { OrganisationEvent } from '../../domain/organisation.js';

/** What other services learn of a partner organisation. */
export const publish = publishing<OrganisationEvent>({
  OrganisationRegistered: ({ kind }) => contract('safeguarding.organisation.registered.v1', { kind }),
  OrganisationCorrected: ({ correction }) => (correction.field === 'kind' ? contract('safeguarding.organisation.corrected.v1', { kind: correction.value }) : []),
  OrganisationClosed: ({ closedOn }) => contract('safeguarding.organisation.closed.v1', { closedOn }),
  PartnerAdded: nothing,
  PartnerRemoved: nothing,
  EnteredInErrorProposed: nothing,
  EnteredInErrorDeclined: nothing,
  OrganisationEnteredInError: () => contract('safeguarding.organisation.entered-in-error.v1', {}),
});
