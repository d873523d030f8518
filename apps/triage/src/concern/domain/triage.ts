import { areSaid, needsWholeCircumstances } from './circumstances.js';
import type { ReopenConcern, TriageConcern } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { awaiting, cameToEnquiry, decided } from './standing.js';
import { hasNo, LIMBS, needsLimbsToAllow } from './three-limbs.js';
import { needsWholeAnswer } from './wishes.js';

/** A named person's decision, limb by limb, with its reasons. */
export function triage(command: TriageConcern, state: Concern): ConcernEvent[] {
  const { story, clocksFrom } = awaiting(state);
  needsPerson(command.decidedBy, 'concern/decider-required');
  if (command.at < clocksFrom)
    refuse('concern/decided-before-received', 'A concern cannot be decided before it came in. Check the time of the decision.');
  needsLimbsToAllow(command.limbs, command.outcome);
  needsWords(command.reason, 'concern/reason-required', 'Give the reason for this decision. Others must be able to follow it.');
  needsReasonsOfOutcome(command);
  needsWholeCircumstances(command.circumstances);
  needsWishes(command, story);
  return [...wishesNow(command), decision(command, story)];
}

/** Opens a decided concern again. What was decided stays in the story. */
export function reopen(command: ReopenConcern, state: Concern): ConcernEvent[] {
  const { decision, story } = decided(state);
  const { at, by, reason } = command;
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say why this concern is being opened again.');
  if (at < decision.at) refuse('concern/reopened-before-decided', 'A concern cannot be opened again before it was decided. Check the time.');
  return [{ type: 'ConcernReopened', at, by, previousOutcome: decision.outcome, hasEnquiry: cameToEnquiry([...story.earlierDecisions, decision]), reason }];
}

function needsReasonsOfOutcome(command: TriageConcern): void {
  const { limbs, outcome, otherEnquiryReason, notSafeguardingReason, furtherRoutes } = command;
  if (outcome === 'other_enquiry')
    needsWords(otherEnquiryReason, 'concern/other-enquiry-reason-required', 'Say why an enquiry is needed although the duty does not apply.');
  else if (otherEnquiryReason !== null)
    refuse('concern/other-enquiry-reason-unexpected', 'A reason for an other enquiry is given, but that is not the outcome. Take one of them out.');
  // A worry that meets (a) and (b) is a safeguarding concern, even where (c) is no and the duty does not apply.
  if (hasNo(limbs, ['needs', 'risk']) && outcome !== 'other_enquiry' && notSafeguardingReason === null)
    refuse('concern/not-safeguarding-reason-required', 'Choose the reason why this is not a safeguarding matter.');
  if (!hasNo(limbs, LIMBS) && notSafeguardingReason !== null)
    refuse('concern/not-safeguarding-reason-unexpected', 'All three questions are answered yes, so there is no reason why this is not safeguarding. Take it out.');
  if (outcome === 'no_further_action' && furtherRoutes.length > 0)
    refuse('concern/no-further-action-stands-alone', 'No further action cannot go with another route. Choose the route as the outcome, or take it out.');
}

function needsWishes(command: TriageConcern, story: Story): void {
  if (command.wishes !== null) return needsWholeAnswer(command.wishes);
  if (story.wishes === null)
    refuse('concern/wishes-required', 'Record what the person wants to happen or, if nobody could ask, why not.');
}

function wishesNow({ at, decidedBy, wishes }: TriageConcern): ConcernEvent[] {
  return wishes === null ? [] : [{ type: 'WishesRecorded', at, by: decidedBy, wishes }];
}

function decision(command: TriageConcern, story: Story): ConcernEvent {
  const { at, limbs, circumstances, outcome, reason, otherEnquiryReason, notSafeguardingReason, sarReferral, decidedBy } = command;
  return {
    type: 'ConcernTriaged',
    at,
    decision: story.earlierDecisions.length + 1,
    limbs,
    outcome,
    reason,
    otherEnquiryReason,
    notSafeguardingReason,
    furtherRoutes: [...new Set(command.furtherRoutes)].filter((route) => route !== outcome),
    sarReferral,
    decidedBy,
    decidedByInWords: null,
    legacy: false,
    ...(areSaid(circumstances) ? { circumstances } : {}),
  };
}
