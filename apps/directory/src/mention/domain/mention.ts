import { assertNever, type Decider, RuleViolation } from '#libs/decider';

import type { DismissMention, FindMention, MatchMention, Mention, MentionCommand, MentionEvent } from './mention-parts.js';

export * from './mention-parts.js';

/** An organisation as an extract names it, until a person has said which it is. */
export const mention: Decider<Mention, MentionCommand, MentionEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'FindMention':
        return find(command, state);
      case 'MatchMention':
        return match(command, state);
      case 'DismissMention':
        return dismiss(command, state);
      default:
        return assertNever(command);
    }
  },

  evolve(state, event) {
    if (event.type === 'MentionFound') return { status: 'waiting', mention: { file: event.file, kind: event.kind, name: event.name } };
    if (state.status === 'absent') throw new Error(`${event.type} before the name was found`);
    switch (event.type) {
      case 'MentionMatched':
        return { status: 'matched', mention: state.mention, organisationId: event.organisationId };
      case 'MentionDismissed':
        return { status: 'dismissed', mention: state.mention };
      default:
        return assertNever(event);
    }
  },
};

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Mention): MentionCommand['type'][] {
  if (state.status === 'absent') return ['FindMention'];
  return state.status === 'dismissed' ? ['MatchMention'] : ['MatchMention', 'DismissMention'];
}

function find({ at, file, kind, name }: FindMention, state: Mention): MentionEvent[] {
  if (state.status !== 'absent' || name === null) return [];
  return [{ type: 'MentionFound', at, file, kind, name }];
}

/** A person says which organisation is meant. To say otherwise afterwards needs a reason. */
function match({ at, by, organisationId, isOrganisationOpen, reason }: MatchMention, state: Mention): MentionEvent[] {
  needsMention(state);
  if (state.status === 'matched' && state.organisationId === organisationId) return [];
  if (!isOrganisationOpen) return refuse('mention/no-such-organisation', 'There is no such organisation here, or it is closed.');
  if (state.status !== 'waiting' && reason === null) return refuse('mention/reason-required', 'Somebody has said something else of this name before. Say why that was wrong.');
  return [{ type: 'MentionMatched', at, by, organisationId, reason }];
}

/** A person says that the name is none of an organisation that is to be known. */
function dismiss({ at, by, reason }: DismissMention, state: Mention): MentionEvent[] {
  needsMention(state);
  if (state.status === 'dismissed') return [];
  if (reason === null) return refuse('mention/reason-required', 'Say why no organisation is to be known by this name.');
  return [{ type: 'MentionDismissed', at, by, reason }];
}

function needsMention(state: Mention): void {
  if (state.status === 'absent') refuse('mention/not-found', 'No extract has named an organisation so.');
}

function refuse(code: `mention/${string}`, message: string): never {
  throw new RuleViolation(code, message);
}
