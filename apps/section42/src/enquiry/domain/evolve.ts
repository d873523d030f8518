import type { EnquiryEvent, EnquiryImported, EnquiryOpened } from './enquiry-events.js';
import type { Enquiry, Story } from './enquiry-state.js';
import { corrected } from './evolve-correction.js';
import { told } from './evolve-story.js';

type Known = Exclude<Enquiry, { status: 'absent' }>;

const NEW = {
  isOpeningSettled: false,
  isImported: false,
  conductedBy: null,
  team: null,
  findings: null,
  caused: null,
  plan: null,
  protectionPlan: null,
  goOnQuestion: null,
  errorProposal: null,
} as const satisfies Partial<Story>;

/** What an enquiry comes to after one more event. */
export function evolve(state: Enquiry, event: EnquiryEvent): Enquiry {
  if (event.type === 'EnquiryOpened') return opened(state, event);
  if (state.status !== 'absent') return moved(state, event);
  if (event.type === 'EnquiryImported') return openedElsewhere(event);
  throw new Error(`${event.type} before the enquiry was opened`);
}

function opened(state: Enquiry, { at, concernId, kind, decision }: EnquiryOpened): Enquiry {
  const before = state.status === 'absent' ? { decisions: [], isImported: false } : state.story;
  const decisions = [...before.decisions, decision];
  return { status: 'open', story: { ...NEW, concernId, kind, openedAt: at, decisions, isImported: before.isImported, earlierConclusions: [] } };
}

function openedElsewhere(event: EnquiryImported): Enquiry {
  const { at, concernId, kind } = event;
  const story: Story = { ...NEW, concernId, kind, openedAt: at, decisions: [], earlierConclusions: [] };
  return { status: 'open', story: told(story, event) };
}

function moved(state: Known, event: Exclude<EnquiryEvent, EnquiryOpened>): Enquiry {
  const { story } = state;
  switch (event.type) {
    case 'EnquiryAllocated':
      return { status: 'allocated', story, allocation: { at: event.at, worker: event.worker, team: event.team } };
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
    case 'EnquiryCorrected':
      return corrected(state, event.correction);
    default:
      return { ...state, story: told(story, event) };
  }
}

function allocationOf(state: Known) {
  if (state.status !== 'allocated' && state.status !== 'concluded') throw new Error('nobody has this enquiry');
  return state.allocation;
}

function concludedOf(state: Known) {
  if (state.status !== 'concluded') throw new Error('this enquiry is not concluded');
  return state;
}
