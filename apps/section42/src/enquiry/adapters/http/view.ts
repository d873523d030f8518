import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { type Enquiry, type EnquiryCommand, type EnquiryConcluded, permitted, type Story } from '../../domain/enquiry.js';

/** An enquiry as the API answers it: codes, times and ids, and what may be done next. */
export interface EnquiryView extends Answer {
  reference: string;
  authority: string | null;
  status: Enquiry['status'];
  [more: string]: unknown;
}

/** What only messages and imports do, and what is done from the list of those that are due: nobody is offered it with the enquiry. */
const unoffered: ReadonlySet<string> = new Set<EnquiryCommand['type']>([
  'OpenEnquiry', 'ImportEnquiry', 'AskWhetherToGoOn', 'PlaceLegalHold', 'LiftLegalHold', 'ProposeDisposal', 'DeclineDisposal', 'ConfirmDisposal',
]);

export function viewOf({ recordId, authority, state, sequence }: Standing<Enquiry>): EnquiryView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state).filter((type) => !unoffered.has(type)) };
  if (state.status === 'absent') return { ...head, reference: '' };
  const { story } = state;
  return {
    ...head,
    ...told(story),
    ...(state.status === 'allocated' || state.status === 'concluded' ? { allocation: state.allocation } : {}),
    ...(state.status === 'concluded' ? { conclusion: conclusionOf(state.conclusion) } : {}),
    ...(state.status === 'disposed' ? { disposedAt: state.disposedAt, retention: state.retention } : {}),
    ...(story.legalHold ? { onHold: true } : {}),
  };
}

/** An enquiry as it stands beside another case. */
export function besideOf({ recordId, state }: Standing<Enquiry>): object {
  if (state.status === 'absent') return { id: recordId, status: state.status };
  const { reference, concernId, kind, openedAt, conductedBy } = state.story;
  return {
    id: recordId,
    reference,
    concernId,
    kind,
    status: state.status,
    openedAt,
    conductedBy,
    worker: state.status === 'allocated' ? state.allocation.worker : null,
    concludedAt: state.status === 'concluded' ? state.conclusion.at : null,
  };
}

function told(story: Story) {
  const { reference, concernId, kind, openedAt, isLegacy, isImported, conductedBy, findings, goOnQuestion } = story;
  return {
    reference,
    concernId,
    kind,
    openedAt,
    legacy: isLegacy,
    assumed: isLegacy && !isImported,
    conductedBy,
    dueOn: story.caused?.dueOn ?? null,
    outcomesAsked: story.plan?.outcomesAsked ?? null,
    findings,
    protectionPlan: story.protectionPlan && { reviewOn: story.protectionPlan.reviewOn },
    goOnQuestion,
    earlierConclusions: story.earlierConclusions.map(conclusionOf),
    ...(story.errorProposal ? { errorProposedBy: story.errorProposal.by } : {}),
  };
}

function conclusionOf(conclusion: EnquiryConcluded) {
  const { at, outcomesAsked, outcomesAchieved, mentalCapacity, advocate, riskOutcome, risks, sarReferral, decidedBy, legacy } = conclusion;
  return {
    concludedAt: at,
    outcomesAsked,
    outcomesAchieved,
    mentalCapacity,
    advocate: advocate === null ? null : advocate ? 'yes' : 'no',
    riskOutcome,
    risks,
    isActionNeeded: conclusion.action?.isNeeded ?? null,
    sarReferral,
    qualityCheckedBy: conclusion.qualityCheckedBy,
    decidedBy,
    legacy,
  };
}
