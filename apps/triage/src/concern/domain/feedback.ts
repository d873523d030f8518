import type { RecordReferrerNotTold, TellReferrer } from './concern-commands.js';
import type { ConcernEvent } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { decided } from './standing.js';

export const tellOrNot = (command: TellReferrer | RecordReferrerNotTold, state: Concern): ConcernEvent[] => (command.type === 'TellReferrer' ? tellReferrer(command, state) : recordNotTold(command, state));

/** Whoever raised the concern has been told what became of it. */
function tellReferrer(command: TellReferrer, state: Concern): ConcernEvent[] {
  const { decision, feedback, notSent } = decided(state);
  const { at, by, message } = command;
  needsPerson(by);
  return feedback === 'told' && notSent === null ? [] : [{ type: 'ReferrerTold', at, by, decision: decision.decision, message }];
}

/** Whoever raised it has not been told, and somebody says why; of a message that did not arrive, why nothing more is done about it. */
function recordNotTold(command: RecordReferrerNotTold, state: Concern): ConcernEvent[] {
  const { decision, feedback, notSent } = decided(state);
  const { at, by, reason } = command;
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say why whoever raised this was not told what became of it.');
  if (feedback === 'told' && notSent === null) refuse('concern/referrer-already-told', 'Whoever raised this has already been told.');
  return feedback === 'not_told' && notSent === null ? [] : [{ type: 'ReferrerNotTold', at, by, decision: decision.decision, reason }];
}
