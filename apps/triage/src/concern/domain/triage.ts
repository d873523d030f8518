import type { Refusal } from '#libs/decider';

import { areSaid, isToBeSaid, wrongInProtection, wrongInStanding } from './circumstances.js';
import { type Outcome, OUTCOMES } from './codes.js';
import type { ReopenConcern, TriageConcern } from './concern-commands.js';
import type { ConcernEvent, ConcernTriaged } from './concern-events.js';
import type { Concern, Story } from './concern-state.js';
import { needsNothingWrong, needsPerson, refuse, wrongIn } from './refuse.js';
import { routed } from './routing.js';
import { drawn } from './second-look.js';
import { awaiting, cameToEnquiry, decided } from './standing.js';
import { hasNo, isExcluded, LIMBS, outcomeRequired, undecidedIn, wrongInOutcome } from './three-limbs.js';
import { wrongInWishes } from './wishes.js';

/** A named person's decision, limb by limb, with its reasons. All that is wrong with it is said at once, in the order in which it is asked for. */
export function triage(command: TriageConcern, state: Concern): ConcernEvent[] {
  const { story, clocksFrom } = awaiting(state);
  needsPerson(command.decidedBy, 'concern/decider-required');
  if (command.at < clocksFrom)
    refuse('concern/decided-before-received', 'A concern cannot be decided before it came in. Check the time of the decision.');
  const { limbs, circumstances, outcome, at } = command;
  const hasToBeSaid = isToBeSaid(at);
  needsNothingWrong([
    ...wrongInProtection(circumstances, hasToBeSaid),
    ...undecidedIn(limbs),
    ...wrongInDecidedWishes(command, story),
    ...wrongInStanding(circumstances, hasToBeSaid),
    ...wrongInOutcome(limbs, outcome),
    ...wrongInReasons(command),
    ...leftUndone(command, story),
    ...wrongInAuthority(command),
    ...wrongIn([hasToBeSaid && command.sarReferral === null, 'concern/sar-referral-required', 'Say whether it goes to the board for a Safeguarding Adult Review.']),
  ]);
  const number = story.earlierDecisions.length + 1;
  const decided = decision(command, outcome ?? refuse(...outcomeRequired), number);
  return [...wishesNow(command), decided, ...routed(decided, story), ...drawn(command, number)];
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

function wrongInReasons({ limbs, outcome, reason, otherEnquiryReason, notSafeguardingReason, furtherRoutes }: TriageConcern): Refusal[] {
  const isOther = outcome === 'other_enquiry';
  // A worry that meets (a) and (b) is a safeguarding concern, even where (c) is no and the duty does not apply.
  const isNone = hasNo(limbs, ['needs', 'risk']) && !isOther;
  // Another outcome has to be chosen: what each of them asks for is said now, and not when it is sent again.
  const isExcludedNow = isExcluded(limbs, outcome);
  return wrongIn(
    [outcome === null, ...outcomeRequired],
    [reason === null, 'concern/reason-required', 'Give the reason for this decision. Others must be able to follow it.'],
    [isOther && otherEnquiryReason === null, 'concern/other-enquiry-reason-required', 'Say why an enquiry is needed although the duty does not apply.'],
    [isExcludedNow && otherEnquiryReason === null, 'concern/other-enquiry-reason-required', 'If you choose “Other enquiry”: say why an enquiry is needed although the duty does not apply.'],
    [!isOther && !isExcludedNow && otherEnquiryReason !== null, 'concern/other-enquiry-reason-unexpected', 'A reason for “Other enquiry” is given, but that is not the outcome. Take one of them out.'],
    [isNone && !isExcludedNow && notSafeguardingReason === null, 'concern/not-safeguarding-reason-required', 'Choose the reason why this is not a safeguarding matter.'],
    [isNone && isExcludedNow && notSafeguardingReason === null, 'concern/not-safeguarding-reason-required', 'If you choose any outcome but an enquiry: choose the reason why this is not a safeguarding matter.'],
    [
      !hasNo(limbs, LIMBS) && notSafeguardingReason !== null,
      'concern/not-safeguarding-reason-unexpected',
      'None of the three questions is answered no, so there is no reason why this is not safeguarding. Take it out.',
    ],
    [
      outcome === 'no_further_action' && furtherRoutes.length > 0,
      'concern/no-further-action-stands-alone',
      `No further action goes with no other route. ${isOutcome(furtherRoutes) ? 'Choose that route as the outcome, or take it out.' : 'Take the route out and say in the reason what was advised or arranged, or choose an outcome that it can go with.'}`,
    ],
  );
}

/** Where something has to be done to keep the person safe and has not been yet, somebody has to have it: no further action leaves it to nobody. */
function leftUndone({ outcome, circumstances }: TriageConcern, { particulars }: Story): Refusal[] {
  const danger = particulars.immediateRisk === true ? 'The person is recorded as in danger now: ' : '';
  return wrongIn([
    outcome === 'no_further_action' && circumstances.protection?.answer === 'not_taken',
    'concern/no-further-action-leaves-undone',
    `${danger}${danger ? 's' : 'S'}omething has to be done to keep them safe and has not been yet, and after no further action nobody would do it. Do it first and say what was done, or choose an outcome that somebody acts on.`,
  ]);
}

/** Which council it falls to, where it goes to another: a form asks, and a program that does not know leaves it out. */
function wrongInAuthority({ outcome, furtherRoutes, otherAuthority }: TriageConcern): Refusal[] {
  return wrongIn(
    [otherAuthority?.code === null && otherAuthority.words === null, 'concern/other-authority-required', 'Say which council it falls to: one of those that are known here, or another in words.'],
    [otherAuthority !== undefined && outcome !== null && outcome !== 'other_authority' && !furtherRoutes.includes('other_authority'), 'concern/other-authority-unexpected', 'Another council is named, and nothing goes to another authority. Take one of them out.'],
  );
}

/** Whether one of these routes can be chosen as the outcome. */
const isOutcome = (routes: TriageConcern['furtherRoutes']): boolean => routes.some((route) => OUTCOMES.some((outcome) => outcome === route));

function wrongInDecidedWishes({ wishes }: TriageConcern, story: Story): Refusal[] {
  if (wishes !== null) return wrongInWishes(wishes);
  return wrongIn([story.wishes === null, 'concern/wishes-required', 'Record what the person wants to happen or, if nobody could ask, why not.']);
}

function wishesNow({ at, decidedBy, wishes }: TriageConcern): ConcernEvent[] {
  return wishes === null ? [] : [{ type: 'WishesRecorded', at, by: decidedBy, wishes }];
}

function decision(command: TriageConcern, outcome: Outcome, number: number): ConcernTriaged {
  const { at, limbs, circumstances, otherAuthority, reason, otherEnquiryReason, notSafeguardingReason, sarReferral, decidedBy } = command;
  return {
    type: 'ConcernTriaged',
    at,
    decision: number,
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
    ...(otherAuthority ? { otherAuthority } : {}),
  };
}
