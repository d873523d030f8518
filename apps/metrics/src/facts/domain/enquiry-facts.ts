import { assertNever } from '#libs/decider';
import type { Instant } from '#libs/calendar';
import { everythingKnown, given, type Known } from './known.js';
import type { EnquiryTold } from './told.js';

/** One enquiry. */
export interface EnquiryFact {
  id: string;
  authority: string;
  concern_id: string;
  kind: string;
  opened_at: Instant;
  /** When it was first given to somebody. */
  allocated_at: Instant | null;
  concluded_at: Instant | null;
  outcomes_asked: string | null;
  outcomes_achieved: string | null;
  mental_capacity: string | null;
  advocate: string | null;
}

interface Story {
  authority: string | null;
  opening: { concernId: string; kind: string } | null;
  openedAt: Instant | null;
  allocatedAt: Instant | null;
  isConcluded: boolean;
  concludedAt: Instant | null;
  outcomesAsked: string | null;
  outcomesAchieved: string | null;
  mentalCapacity: string | null;
  advocate: string | null;
  isInError: boolean;
}

const untold: Story = {
  authority: null, opening: null, openedAt: null, allocatedAt: null, isConcluded: false, concludedAt: null, outcomesAsked: null,
  outcomesAchieved: null, mentalCapacity: null, advocate: null, isInError: false,
};

/** Everything one enquiry was ever held to be. */
export function enquiryFacts(events: readonly EnquiryTold[]): (EnquiryFact & Known)[] {
  return everythingKnown(events, (known) => facts(known[0]?.recordId ?? '', known.reduce(evolve, untold)));
}

function evolve(story: Story, event: EnquiryTold): Story {
  const told = { ...story, authority: event.authority ?? story.authority };
  switch (event.type) {
    case 'safeguarding.enquiry.opened.v1': {
      const { concernId, kind, openedAt } = event.data;
      // A new decision opens it afresh after it was entered in error, or long after it was concluded and disposed of: nothing of before holds.
      const isAfresh = told.isInError || (told.isConcluded && told.concludedAt !== null && openedAt > told.concludedAt);
      return { ...(isAfresh ? { ...untold, authority: told.authority } : told), opening: { concernId, kind }, openedAt };
    }
    case 'safeguarding.enquiry.allocated.v1':
      return event.data.again && told.allocatedAt !== null ? told : { ...told, allocatedAt: event.data.allocatedAt };
    case 'safeguarding.enquiry.concluded.v1': {
      const { concludedAt, outcomesAsked, outcomesAchieved, mentalCapacity, advocate } = event.data;
      return { ...told, isConcluded: true, concludedAt, outcomesAsked, outcomesAchieved, mentalCapacity, advocate };
    }
    case 'safeguarding.enquiry.reopened.v1':
      return { ...told, isConcluded: false, concludedAt: null, outcomesAsked: null, outcomesAchieved: null, mentalCapacity: null, advocate: null };
    case 'safeguarding.enquiry.corrected.v1': {
      const { openedAt, allocatedAt, concludedAt, outcomesAsked, outcomesAchieved, mentalCapacity, advocate } = event.data;
      return { ...told, ...given({ openedAt, allocatedAt, concludedAt, outcomesAsked, outcomesAchieved, mentalCapacity, advocate }) };
    }
    case 'safeguarding.enquiry.entered-in-error.v1':
      return { ...told, isInError: true };
    default:
      return assertNever(event);
  }
}

function facts(id: string, story: Story): EnquiryFact[] {
  const { authority, opening, openedAt, isInError } = story;
  if (authority === null || opening === null || openedAt === null || isInError) return [];
  return [{
    id,
    authority,
    concern_id: opening.concernId,
    kind: opening.kind,
    opened_at: openedAt,
    allocated_at: story.allocatedAt,
    concluded_at: story.isConcluded ? story.concludedAt : null,
    outcomes_asked: story.outcomesAsked,
    outcomes_achieved: story.outcomesAchieved,
    mental_capacity: story.mentalCapacity,
    advocate: story.advocate,
  }];
}
