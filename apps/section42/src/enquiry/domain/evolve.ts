import { NOTHING_KEEPS_IT } from '#libs/retention';

import type { EnquiryAllocated, EnquiryEvent, EnquiryImported, EnquiryOpened } from './enquiry-events.js';
import type { Allocation, Enquiry, Story } from './enquiry-state.js';
import { corrected } from './evolve-correction.js';
import { told } from './evolve-story.js';
import { contactOf } from './retention.js';

type Known = Exclude<Enquiry, { status: 'absent' }>;

const NEW = {
  isOpeningSettled: false,
  isImported: false,
  conductedBy: null,
  allocationInWords: null,
  findings: null,
  caused: null,
  plan: null,
  protectionPlan: null,
  goOnQuestion: null,
  errorProposal: null,
  ...NOTHING_KEEPS_IT,
} as const satisfies Partial<Story>;

/** What an enquiry comes to after one more event. */
export function evolve(state: Enquiry, event: EnquiryEvent): Enquiry {
  if (event.type === 'EnquiryOpened') return opened(state, event);
  if (state.status !== 'absent') return moved({ ...state, story: contacted(state.story, event) }, event);
  if (event.type === 'EnquiryImported') return openedElsewhere(event);
  throw new Error(`${event.type} before the enquiry was opened`);
}

/** Whatever is done with it puts an end to the proposal that it may go. */
function contacted(story: Story, event: EnquiryEvent): Story {
  const at = contactOf(event);
  return at === undefined ? story : { ...story, lastContactAt: at > story.lastContactAt ? at : story.lastContactAt, disposalProposal: null };
}

function opened(state: Enquiry, event: EnquiryOpened): Enquiry {
  const { at, concernId, kind, decision, legacy } = event;
  // Who needs it to be kept needs that still when it is opened again. Of what was disposed of, nobody did.
  const { decisions, isImported, reference, legalHold } = state.status === 'absent' ? { ...NEW, decisions: [], reference: event.reference } : state.story;
  const story: Story = {
    ...NEW, concernId, kind, reference, isImported, openedAt: at, decisions: [...decisions, decision], isLegacy: legacy, earlierConclusions: [], lastContactAt: at, legalHold,
  };
  return { status: 'open', story };
}

function openedElsewhere(event: EnquiryImported): Enquiry {
  const { at, concernId, kind, reference } = event;
  const story: Story = { ...NEW, concernId, kind, reference, openedAt: at, decisions: [], isLegacy: true, earlierConclusions: [], lastContactAt: contactOf(event) ?? at };
  return { status: 'open', story: told(story, event) };
}

function moved(state: Known, event: Exclude<EnquiryEvent, EnquiryOpened>): Enquiry {
  const { story } = state;
  switch (event.type) {
    case 'EnquiryAllocated':
      return { status: 'allocated', story, allocation: allocationAfter(state, event) };
    case 'EnquiryReallocated':
      return { status: 'allocated', story, allocation: { at: allocationOf(state).at, worker: event.worker, team: event.team } };
    case 'EnquiryConcluded':
      return { status: 'concluded', story, allocation: allocationOf(state), conclusion: event };
    case 'EnquiryReopened': {
      const { conclusion } = concludedOf(state);
      const earlierConclusions = [...story.earlierConclusions, conclusion];
      return { status: 'allocated', story: { ...story, earlierConclusions }, allocation: allocationOf(state) };
    }
    case 'EnquiryEnteredInError': {
      const { proposedBy, confirmedBy, reason } = event;
      return { status: 'entered-in-error', story: { ...story, errorProposal: null }, proposedBy, confirmedBy, reason };
    }
    case 'EnquiryDisposed': {
      const { at, proposedBy, confirmedBy, retention } = event;
      return { status: 'disposed', story: emptied(state), disposedAt: at, proposedBy, confirmedBy, retention };
    }
    case 'EnquiryCorrected':
      return corrected(state, event.correction);
    default:
      return { ...state, story: told(story, event) };
  }
}

/** Who dealt with it is forgotten, with all that still had to be asked or looked at; what was found stays in codes. */
function emptied(state: Known): Story {
  const { story } = state;
  return {
    ...story,
    allocationInWords: null,
    caused: null,
    plan: story.plan && { ...story.plan, words: null },
    protectionPlan: null,
    goOnQuestion: null,
    errorProposal: null,
    disposalProposal: null,
    earlierConclusions: state.status === 'concluded' ? [...story.earlierConclusions, state.conclusion] : story.earlierConclusions,
  };
}

/** A record from elsewhere tells when, and in words who: somebody who has it here keeps it. */
function allocationAfter(state: Known, { at, worker, team }: EnquiryAllocated): Allocation {
  const before = state.status === 'allocated' ? state.allocation : { worker: null, team: null };
  return { at, worker: worker ?? before.worker, team: team ?? before.team };
}

function allocationOf(state: Known) {
  if (state.status !== 'allocated' && state.status !== 'concluded') throw new Error('nobody has this enquiry');
  return state.allocation;
}

function concludedOf(state: Known) {
  if (state.status !== 'concluded') throw new Error('this enquiry is not concluded');
  return state;
}
