import { agreedError, assertNever, type Decider, declineError, proposeError } from '#libs/decider';

import { reasonOf, refuse } from './refuse.js';
import type { CloseTeam, CorrectTeam, FormTeam, Team, TeamCommand, TeamEvent } from './team-parts.js';

export type * from './team-parts.js';

type Held = Extract<Team, { status: 'open' | 'closed' }>;

/** A team: cases are allocated by its code. */
export const team: Decider<Team, TeamCommand, TeamEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'FormTeam':
        return form(command, state);
      case 'CorrectTeam':
        return correct(command, held(state));
      case 'CloseTeam':
        return close(command, held(state));
      case 'ProposeEnteredInError':
        return proposeError('team', command, held(state).team.errorProposal);
      case 'DeclineEnteredInError':
        return declineError('team', command, held(state).team.errorProposal);
      case 'ConfirmEnteredInError': {
        if (state.status === 'entered-in-error') return [];
        const agreed = agreedError('team', command, held(state).team.errorProposal);
        needsNobodyInIt(command.members);
        return [{ type: 'TeamEnteredInError', at: command.at, proposedBy: agreed.by, confirmedBy: command.by, reason: agreed.reason }];
      }
      default:
        return assertNever(command);
    }
  },

  evolve(state, event) {
    if (event.type === 'TeamFormed') return { status: 'open', team: { code: event.code, name: event.name, errorProposal: null } };
    if (state.status === 'absent') throw new Error(`${event.type} before the team was formed`);
    const { team } = state;
    switch (event.type) {
      case 'TeamCorrected':
        return { ...state, team: { ...team, name: event.name } };
      case 'TeamClosed':
        return { status: 'closed', team };
      case 'EnteredInErrorProposed':
        return { ...state, team: { ...team, errorProposal: { by: event.by, at: event.at, reason: event.reason } } };
      case 'EnteredInErrorDeclined':
        return { ...state, team: { ...team, errorProposal: null } };
      case 'TeamEnteredInError':
        return { status: 'entered-in-error', team: { ...team, errorProposal: null } };
      default:
        return assertNever(event);
    }
  },
};

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Team): TeamCommand['type'][] {
  if (state.status === 'absent') return ['FormTeam'];
  if (state.status === 'entered-in-error') return [];
  const about = state.team.errorProposal ? (['ConfirmEnteredInError', 'DeclineEnteredInError'] as const) : (['ProposeEnteredInError'] as const);
  return ['CorrectTeam', ...(state.status === 'open' ? (['CloseTeam'] as const) : []), ...about];
}

function form({ at, by, code, isCodeTaken, name }: FormTeam, state: Team): TeamEvent[] {
  if (state.status !== 'absent') return [];
  if (name === null) return refuse('team/name-required', 'Say what the team is called.');
  if (isCodeTaken) refuse('team/code-taken', 'Another team of this authority goes by this code, or went. Choose another one.');
  return [{ type: 'TeamFormed', at, by, code, name }];
}

function correct({ at, by, name, ...command }: CorrectTeam, { team }: Held): TeamEvent[] {
  if (name === null) return refuse('team/name-required', 'Say what the team is called.');
  const reason = reasonOf(command.reason, 'Say why this needs putting right.');
  return team.name.hmac === name.hmac ? [] : [{ type: 'TeamCorrected', at, by, name, reason }];
}

function close({ at, by, members, ...command }: CloseTeam, { status }: Held): TeamEvent[] {
  if (status === 'closed') return [];
  const reason = reasonOf(command.reason, 'Say why the team is closed.');
  needsNobodyInIt(members);
  return [{ type: 'TeamClosed', at, by, reason }];
}

function needsNobodyInIt(members: number): void {
  if (members > 0) refuse('team/has-members', 'Somebody is in this team still. Let them leave it first.');
}

function held(state: Team): Held {
  if (state.status === 'absent') return refuse('team/not-formed', 'There is no team with this id.');
  if (state.status === 'entered-in-error') return refuse('team/entered-in-error', 'This team was recorded as entered in error. Nothing more can be done on it.');
  return state;
}
