import type { ImportEnquiry, OpenEnquiry } from './enquiry-commands.js';
import type { EnquiryEvent, EnquiryImported, Findings } from './enquiry-events.js';
import type { Enquiry } from './enquiry-state.js';
import { refuse } from './refuse.js';

/**
 * Opens the enquiry that a decision calls for. A concern has one enquiry whatever is decided how often, and decisions may
 * become known in any order: it opened with the earliest of them, and is of the kind that the last of them says.
 */
export function open(command: OpenEnquiry, state: Enquiry): EnquiryEvent[] {
  const { at, concernId, kind, decision, reference, legacy } = command;
  const opened: EnquiryEvent = { type: 'EnquiryOpened', at, concernId, kind, decision, reference, legacy };
  if (state.status === 'absent') return [opened];
  const { story } = state;
  if (story.decisions.includes(decision)) return [];
  const isLatest = decision > (story.decisions.at(-1) ?? 0);
  // A new decision brings the duty back, whatever was wrong with the enquiry before and whatever is left of it.
  if (state.status === 'entered-in-error' || state.status === 'disposed') return isLatest ? [opened] : [];
  const openedAt = story.isOpeningSettled || story.openedAt < at ? story.openedAt : at;
  return [
    {
      type: 'EnquiryOpeningRevised',
      at,
      concernId,
      decision,
      openedAt,
      kind: isLatest ? kind : story.kind,
      conductedBy: story.conductedBy,
      legacy: legacy || story.isLegacy,
    },
  ];
}

/**
 * Takes a record from another system, before or after the decision that it hangs on. It is never refused for what was done
 * here meanwhile: where the two do not fit, both stay in the story.
 */
export function importLegacy(command: ImportEnquiry, state: Enquiry): EnquiryEvent[] {
  if (state.status === 'entered-in-error' || state.status === 'disposed' || (state.status !== 'absent' && state.story.isImported)) return [];
  needsOrder(command);
  const { allocatedAt, concludedAt } = command;
  const isConcludedHere = state.status === 'concluded';
  const events: EnquiryEvent[] = [
    {
      ...filledIn(command, state),
      findings: concludedAt === null || isConcludedHere ? findingsOf(command) : null,
      endedElsewhere: isConcludedHere ? { allocatedAt, concludedAt } : null,
    },
  ];
  if (isConcludedHere) return events;
  if (allocatedAt !== null) events.push({ type: 'EnquiryAllocated', at: allocatedAt, worker: null, team: null, by: null, legacy: true });
  if (concludedAt !== null) events.push(concludedElsewhere(concludedAt, command));
  return events;
}

/** What the record says, save where something later is known here: another agency, or a decision on another kind. */
function filledIn(command: ImportEnquiry, state: Enquiry): Omit<EnquiryImported, 'findings' | 'endedElsewhere'> {
  const { at, concernId, decision, reference, allocationInWords } = command;
  const known = state.status === 'absent' ? command : state.story;
  const conductedBy = known.conductedBy ?? command.conductedBy;
  return { type: 'EnquiryImported', at, concernId, kind: known.kind, decision, reference, conductedBy, allocationInWords };
}

function concludedElsewhere(at: string, command: ImportEnquiry): EnquiryEvent {
  return {
    type: 'EnquiryConcluded',
    at,
    ...findingsOf(command),
    whyNotAsked: null,
    risks: [],
    action: null,
    sarReferral: null,
    qualityCheckedBy: null,
    decidedBy: null,
    legacy: true,
  };
}

function findingsOf({ outcomesAsked, outcomesAchieved, mentalCapacity, advocate, riskOutcome }: Findings): Findings {
  return { outcomesAsked, outcomesAchieved, mentalCapacity, advocate, riskOutcome };
}

function needsOrder({ at, allocatedAt, concludedAt }: ImportEnquiry): void {
  if (allocatedAt !== null && allocatedAt < at)
    refuse('enquiry/allocated-before-opened', 'This record was allocated before it was opened. Check both times.');
  if (concludedAt === null) return;
  if (allocatedAt === null) refuse('enquiry/not-allocated', 'This record was concluded and never allocated. One of them must be wrong.');
  if (concludedAt < allocatedAt)
    refuse('enquiry/concluded-before-allocated', 'This record was concluded before it was allocated. Check both times.');
}
