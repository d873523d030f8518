import { publishing } from '#libs/journal';
import { contract, nothing } from '../../../published.js';
import type { PlaceEvent } from '../../domain/place.js';

/** What other services learn of a place. */
export const publish = publishing<PlaceEvent>({
  PlaceRegistered: ({ cqcLocationId, setting, localArea, organisationId }) =>
    contract('safeguarding.place.registered.v1', { cqcLocationId, setting, localArea, organisationId }),
  PlaceCorrected: ({ correction }) => (correction.field === 'name' ? [] : contract('safeguarding.place.corrected.v1', { [correction.field]: correction.value })),
  PlaceTakenOver: ({ organisationId, since }) => contract('safeguarding.place.taken-over.v1', { organisationId, since }),
  PlaceClosed: ({ closedOn }) => contract('safeguarding.place.closed.v1', { closedOn }),
  EnteredInErrorProposed: nothing,
  EnteredInErrorDeclined: nothing,
  PlaceEnteredInError: () => contract('safeguarding.place.entered-in-error.v1', {}),
});
