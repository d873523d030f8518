import { assertNever } from '#libs/decider';
import { permittedToKeep, permittedToRestrict } from '#libs/restriction';
import { permittedAtEnd } from '#libs/retention';

import type { ConcernCommand } from './concern-commands.js';
import type { Concern, Triaged } from './concern-state.js';
import { permittedOnRoutes } from './routing.js';
import { mayBeSource, noticeLeft, noticeUnderway } from './sending.js';
import { lookAt } from './second-look.js';

export type CommandType = ConcernCommand['type'];
type Kept = Exclude<Concern, { status: 'absent' }>;

const WHILE_HELD: CommandType[] = ['IdentifyPerson', 'AnswerMore', 'TellMore', 'RecordWishes', 'CorrectConcern', 'NamePlace', 'JudgeReferrer', 'AddFile'];

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Concern): CommandType[] {
  switch (state.status) {
    case 'absent':
      return ['ReceiveConcern', 'ImportConcern'];
    case 'awaiting-triage':
      return [...WHILE_HELD, ...judging(state), 'AssignConcern', 'AskForMore', ...(noticeUnderway(state) || noticeLeft(state) ? (['RecordNotSent'] as const) : []), 'ConsiderLimbs', 'TriageConcern', ...permittedOnRoutes(state.story), ...aboutError(state.story.errorProposal !== null), ...aboutRestriction(state), aboutHold(state)];
    case 'triaged': {
      // A message that did not arrive waits for somebody, also where they were told before.
      const isToDo = state.notSent !== null;
      const telling: CommandType[] = state.feedback !== 'told' || isToDo ? ['TellReferrer'] : [];
      if (state.feedback === 'owed' || state.feedback === 'not_known' || isToDo) telling.push('RecordReferrerNotTold');
      telling.push(...sending(state));
      const looking: CommandType[] = lookAt(state)?.given === null ? ['LookAgain'] : [];
      const seeing: CommandType[] = state.story.dangerToldAt === null ? [] : ['SeeToDanger'];
      return [...WHILE_HELD, ...judging(state), 'ReopenConcern', ...seeing, ...telling, ...looking, ...permittedOnRoutes(state.story), ...aboutError(state.story.errorProposal !== null), ...aboutRestriction(state), ...permittedAtEnd(state.story)];
    }
    case 'entered-in-error':
      return ['IdentifyPerson', ...unseeing(state), ...judging(state), ...aboutRestriction(state), ...permittedAtEnd(state.story)];
    case 'disposed':
      return [];
    default:
      return assertNever(state);
  }
}

function sending({ story, sending: underway }: Triaged): CommandType[] {
  if (underway) return ['RecordSent', 'RecordNotSent'];
  return [...(story.noticeLeft ? (['RecordNotSent'] as const) : []), ...(mayBeSource(story) ? [] : (['SendToReferrer'] as const))];
}

/** Whoever may be causing the harm adds to it as if nobody had looked. */
const unseeing = ({ story }: Kept): CommandType[] => (mayBeSource(story) ? ['TellMore', 'AddFile'] : []);

const judging = ({ story }: Kept): CommandType[] => (story.files.some(({ state }) => state === 'held') ? ['JudgeFile'] : []);

function aboutError(isProposed: boolean): CommandType[] {
  return isProposed ? ['ConfirmEnteredInError', 'DeclineEnteredInError'] : ['ProposeEnteredInError'];
}

const aboutRestriction = ({ story }: Kept): CommandType[] => [...permittedToRestrict(story, 'RestrictConcern'), ...permittedToKeep(story, 'KeepConcernFrom')];

/** What waits for a decision can be held, and not go. */
const aboutHold = ({ story }: Kept): CommandType => (story.legalHold ? 'LiftLegalHold' : 'PlaceLegalHold');
