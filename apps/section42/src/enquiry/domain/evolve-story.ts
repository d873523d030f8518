import { assertNever } from '#libs/decider';
import { keepingAfter } from '#libs/retention';

import type { EnquiryEvent, EnquiryImported } from './enquiry-events.js';
import type { Story } from './enquiry-state.js';

/** The events that add to the story and leave the status as it is. */
export type Telling = Exclude<
  EnquiryEvent,
  {
    type:
      | 'EnquiryOpened'
      | 'EnquiryAllocated'
      | 'EnquiryReallocated'
      | 'EnquiryConcluded'
      | 'EnquiryReopened'
      | 'EnquiryEnteredInError'
      | 'EnquiryDisposed'
      | 'EnquiryCorrected';
  }
>;

/** The story after one more event. */
export function told(story: Story, event: Telling): Story {
  switch (event.type) {
    case 'EnquiryImported':
      return filledIn(story, event);
    case 'EnquiryOpeningRevised': {
      const { openedAt, kind, legacy } = event;
      return { ...story, decisions: withDecision(story, event.decision), openedAt, kind, isLegacy: legacy };
    }
    case 'EnquiryPlanned':
      return { ...story, plan: event };
    case 'EnquiryCaused': {
      const { agency, scope, purpose, dueOn } = event;
      return { ...story, conductedBy: agency, caused: { agency, scope, purpose, dueOn } };
    }
    case 'ProgressChecked':
      return { ...story, caused: story.caused && { ...story.caused, dueOn: event.dueOn ?? story.caused.dueOn } };
    case 'WhetherToGoOnAsked':
      return { ...story, goOnQuestion: { askedAt: event.at, answer: null } };
    case 'WhetherToGoOnAnswered': {
      const { at, by, goOn } = event;
      return { ...story, goOnQuestion: story.goOnQuestion && { ...story.goOnQuestion, answer: { at, by, goOn } } };
    }
    case 'ProtectionPlanSet':
      return { ...story, protectionPlan: { plan: event.plan, reviewOn: event.reviewOn } };
    case 'ProtectionPlanReviewed':
      return { ...story, protectionPlan: reviewed(story.protectionPlan, event.reviewOn) };
    case 'EnteredInErrorProposed':
      return { ...story, errorProposal: { by: event.by, at: event.at, reason: event.reason } };
    case 'EnteredInErrorDeclined':
      return { ...story, errorProposal: null };
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
      return { ...story, ...keepingAfter(story, event) };
    default:
      return assertNever(event);
  }
}

function reviewed(plan: Story['protectionPlan'], reviewOn: string | null): Story['protectionPlan'] {
  return plan === null || reviewOn === null ? null : { ...plan, reviewOn };
}

/** The record's time of opening wins, also over one put right before the record was there to go by. */
function filledIn(story: Story, event: EnquiryImported): Story {
  return {
    ...story,
    reference: event.reference,
    openedAt: event.at,
    isOpeningSettled: true,
    isImported: true,
    isLegacy: true,
    decisions: withDecision(story, event.decision),
    conductedBy: event.conductedBy,
    findings: event.findings,
    allocationInWords: event.allocationInWords,
  };
}

function withDecision({ decisions }: Story, decision: number): number[] {
  return decisions.includes(decision) ? decisions : [...decisions, decision].toSorted((a, b) => a - b);
}
