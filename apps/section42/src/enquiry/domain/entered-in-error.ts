import type { ConfirmEnteredInError, DeclineEnteredInError, ProposeEnteredInError } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry, Story } from './enquiry-state.js';
import { needsPerson, refuse } from './refuse.js';
import { held } from './standing.js';

/** The first of the two people: says that this should never have been recorded, and why. */
export function proposeEnteredInError(command: ProposeEnteredInError, state: Enquiry): EnquiryEvent[] {
  const { story } = held(state);
  const { at, by, reason } = command;
  needsPerson(by);
  if (reason === null) return refuse('enquiry/reason-required', 'Say why this should never have been recorded.');
  withoutPlan(story);
  if (story.errorProposal?.by === by) return [];
  if (story.errorProposal)
    refuse('enquiry/error-already-proposed', 'A colleague has already said that this was entered in error. Confirm it or decline it.');
  return [{ type: 'EnteredInErrorProposed', at, by, reason }];
}

/** Keeps the enquiry: the first person takes it back, or another disagrees. */
export function declineEnteredInError(command: DeclineEnteredInError, state: Enquiry): EnquiryEvent[] {
  const { story } = held(state);
  const { at, by, reason } = command;
  needsPerson(by);
  if (story.errorProposal === null) return [];
  if (reason === null) return refuse('enquiry/reason-required', 'Say why this enquiry is to be kept.');
  return [{ type: 'EnteredInErrorDeclined', at, by, reason }];
}

/** The second person agrees. The enquiry leaves every queue and is counted as entered in error. */
export function confirmEnteredInError(command: ConfirmEnteredInError, state: Enquiry): EnquiryEvent[] {
  if (state.status === 'entered-in-error') return [];
  const { story } = held(state);
  const { errorProposal } = story;
  const { at, by } = command;
  needsPerson(by);
  if (errorProposal === null)
    return refuse('enquiry/error-not-proposed', 'Nobody has said yet that this was entered in error. Somebody must, with a reason, before it can be confirmed.');
  if (errorProposal.by === by)
    refuse('enquiry/second-person-required', 'You said yourself that this was entered in error. A colleague has to confirm it.');
  withoutPlan(story);
  return [{ type: 'EnquiryEnteredInError', at, proposedBy: errorProposal.by, confirmedBy: by, reason: errorProposal.reason }];
}

/** Somebody is kept safe by what is to be called an error: that is ended by a person first, or it would never be. */
function withoutPlan({ protectionPlan }: Story): void {
  if (protectionPlan) refuse('enquiry/protection-plan-runs', 'Its protection plan still keeps somebody safe. End the plan first, with what the review found.');
}
