/** The second look that is owed to the decision on a concern, beside it. */
export const owedLook = 'left join second_look look on look.record_id = concern.id and look.given_at is null';

/** Whether somebody may know a decision: nobody has yet to make it again, or it is theirs. Lists keep it from everybody else, so that the second look is blind. */
export const isTold = (by: string): string => `(look.record_id is null or look.decided_by = ${by})`;
