import type { PlanEnquiry, ReviewProtectionPlan, SetProtectionPlan } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { held, kept, ongoing } from './standing.js';

/** What the person wants of the enquiry, asked at its start; or why nobody asked. */
export function plan(command: PlanEnquiry, state: Enquiry): EnquiryEvent[] {
  const { story } = ongoing(state);
  const { at, by, outcomesAsked, words } = command;
  needsPerson(by);
  if (outcomesAsked === 'not_known' || outcomesAsked === 'not_recorded')
    refuse('enquiry/outcomes-asked-required', 'Say whether the person was asked what they want. If nobody asked, say why.');
  if (outcomesAsked === 'asked_and_expressed') needsWords(words, 'enquiry/wish-required', 'Say what the person wants to come of it.');
  if (outcomesAsked === 'not_asked')
    needsWords(words, 'enquiry/why-not-asked-required', 'Say why nobody has asked the person what they want.');
  if (story.plan?.outcomesAsked === outcomesAsked && story.plan.words?.hmac === words?.hmac) return [];
  return [{ type: 'EnquiryPlanned', at, by, outcomesAsked, words }];
}

/** A plan to keep the person safe, with the day when it is looked at again. It may outlast the enquiry. */
export function setProtectionPlan(command: SetProtectionPlan, state: Enquiry): EnquiryEvent[] {
  held(state);
  const { at, by, reviewOn } = command;
  needsPerson(by);
  const plan = needsWords(command.plan, 'enquiry/plan-required', 'Say what keeps the person safe, and who sees to it.');
  if (reviewOn === null) return refuse('enquiry/review-day-required', 'Set the day when the plan is looked at again.');
  return [{ type: 'ProtectionPlanSet', at, by, plan, reviewOn }];
}

/** The plan was looked at: it continues or is changed until another day, or it ends. */
export function reviewProtectionPlan(command: ReviewProtectionPlan, state: Enquiry): EnquiryEvent[] {
  const { at, by, outcome } = command;
  // Of what was entered in error while its plan ran, that can still be ended.
  const { story } = outcome === 'ended' ? kept(state) : held(state);
  needsPerson(by);
  if (story.protectionPlan === null) refuse('enquiry/no-protection-plan', 'There is no protection plan to look at.');
  const review = needsWords(command.review, 'enquiry/review-required', 'Say what the review found.');
  const reviewOn = outcome === 'ended' ? null : command.reviewOn;
  if (outcome !== 'ended' && reviewOn === null)
    refuse('enquiry/review-day-required', 'Set the day when the plan is looked at again, or end it.');
  return [{ type: 'ProtectionPlanReviewed', at, by, outcome, review, reviewOn }];
}
