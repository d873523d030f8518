import { publishing } from '#libs/journal';
import { contract, nothing } from '../../../published.js';
import type { TeamEvent } from '../../domain/team.js';

/** What other services learn of a team. */
export const publish = publishing<TeamEvent>({
  TeamFormed: ({ code }) => contract('safeguarding.team.formed.v1', { code }),
  TeamCorrected: nothing,
  TeamClosed: () => contract('safeguarding.team.closed.v1', {}),
  EnteredInErrorProposed: nothing,
  EnteredInErrorDeclined: nothing,
  TeamEnteredInError: () => contract('safeguarding.team.entered-in-error.v1', {}),
});
