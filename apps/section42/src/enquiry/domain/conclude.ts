import type { ConcludeEnquiry, ReopenEnquiry } from './enquiry-commands.js';
import type { ActionDecision, EnquiryEvent } from './enquiry-events.js';
import type { Allocated, Enquiry, Story } from './enquiry-state.js';
import { isMadeByAnother } from './cause.js';
import type { OutcomesAchieved, OutcomesAsked } from './codes.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { needsRisksFound, overallRiskOutcome } from './risk-findings.js';
import { allocated, held } from './standing.js';

/** A named person decides that enough is known, and what follows from it. */
export function conclude(command: ConcludeEnquiry, state: Enquiry): EnquiryEvent[] {
  const { story, allocation }: Allocated = allocated(state);
  needsPerson(command.decidedBy, 'enquiry/decider-required');
  if (command.at < allocation.at)
    refuse('enquiry/concluded-before-allocated', 'An enquiry cannot be concluded before anybody had it. Check the time.');
  needsPersonsVoice(command, story);
  needsCapacity(command);
  needsRisksFound(command.risks);
  const action = actionOf(command);
  needsQualityCheck(command, story);
  return [concluded(command, action, story)];
}

/** There is more to find out: the worker who had it has it again. What was concluded stays in the story. */
export function reopen(command: ReopenEnquiry, state: Enquiry): EnquiryEvent[] {
  const { status } = held(state);
  const { at, by } = command;
  needsPerson(by);
  const reason = needsWords(command.reason, 'enquiry/reason-required', 'Say why this enquiry is opened again.');
  if (status !== 'concluded') refuse('enquiry/not-concluded', 'This enquiry is still going on.');
  return [{ type: 'EnquiryReopened', at, by, reason }];
}

/** Refuses an answer on what was achieved that does not fit whether anything was asked for. */
export function needsMatchingOutcomes(asked: OutcomesAsked, achieved: OutcomesAchieved | null): void {
  if (asked === 'asked_and_expressed' && achieved === null)
    refuse('enquiry/outcomes-achieved-required', 'The person said what they wanted: say how far it was achieved.');
  if (asked !== 'asked_and_expressed' && achieved !== null)
    refuse('enquiry/outcomes-achieved-unexpected', 'The person expressed no outcome, so none can have been achieved. Take that answer out.');
}

function needsPersonsVoice({ outcomesAsked, outcomesAchieved, whyNotAsked }: ConcludeEnquiry, { plan }: Story): void {
  if (outcomesAsked === 'not_recorded')
    refuse('enquiry/outcomes-asked-required', 'Say whether the person was asked what they wanted. If nobody asked, say why.');
  needsMatchingOutcomes(outcomesAsked, outcomesAchieved);
  const isExplained = whyNotAsked !== null || plan?.outcomesAsked === 'not_asked';
  if (outcomesAsked === 'not_asked' && !isExplained)
    refuse('enquiry/why-not-asked-required', 'Say why nobody asked the person what they wanted.');
}

function needsCapacity({ mentalCapacity, advocate }: ConcludeEnquiry): void {
  if (mentalCapacity === 'not_recorded')
    refuse('enquiry/mental-capacity-required', 'Say whether the person lacked capacity for this. If it could not be told, say that.');
  if (mentalCapacity === 'lacks_capacity' && advocate === null)
    refuse('enquiry/advocate-required', 'The person lacked capacity: say whether an advocate, family or a friend supported them.');
}

function actionOf({ action }: ConcludeEnquiry): ActionDecision {
  const question = action.isNeeded ? 'Say what is to be done, and by whom.' : 'Say why nothing more is to be done.';
  return { isNeeded: action.isNeeded, words: needsWords(action.words, 'enquiry/action-words-required', question) };
}

function needsQualityCheck({ qualityCheckedBy }: ConcludeEnquiry, story: Story): void {
  if (isMadeByAnother(story) && (qualityCheckedBy ?? '').trim() === '')
    refuse('enquiry/quality-check-required', 'Another agency made this enquiry. Say who at the council has checked what it found.');
}

function concluded(command: ConcludeEnquiry, action: ActionDecision, story: Story): EnquiryEvent {
  const { at, outcomesAsked, outcomesAchieved, mentalCapacity, advocate, risks, sarReferral, decidedBy } = command;
  return {
    type: 'EnquiryConcluded',
    at,
    outcomesAsked,
    outcomesAchieved,
    mentalCapacity,
    advocate,
    riskOutcome: overallRiskOutcome(risks),
    whyNotAsked: command.whyNotAsked,
    risks,
    action,
    sarReferral,
    qualityCheckedBy: isMadeByAnother(story) ? command.qualityCheckedBy : null,
    decidedBy,
    legacy: false,
  };
}
