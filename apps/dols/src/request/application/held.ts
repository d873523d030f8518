import type { Held } from '#libs/access';
import type { Standing } from '#libs/journal';
import type { Request } from '../domain/state.js';

/** What the right to a request depends on: whose it is, who assesses it, whom it is about. */
export function heldOf({ authority, begunBy, state }: Standing<Request>): Held {
  // Nobody finds their own any more of which nothing is left.
  const held = { authority, raisedBy: state.status === 'disposed' ? null : begunBy } as const;
  if (state.status === 'absent') return held;
  const { allocation, assessments, person } = state;
  return {
    ...held,
    assignees: [allocation?.bestInterestsAssessor, allocation?.mentalHealthAssessor].filter((assessor) => typeof assessor === 'string'),
    doneBy: Object.values(assessments).flatMap(({ assessor, recordedBy }) => [assessor, recordedBy]).filter((id) => id !== null),
    aboutPersonId: person?.personId ?? null,
  };
}
