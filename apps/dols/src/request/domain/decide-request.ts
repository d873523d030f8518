import { addDays, addYears, londonDay, type Day } from '#libs/calendar';
import { assertNever } from '#libs/decider';
import { clockOn } from './clocks.js';
import { assessmentKinds } from './codes.js';
import type { DecideRequest } from './commands.js';
import type { RequestEvent } from './events.js';
import { legalTestOn } from './legal-tests.js';
import type { Decision, Granted, Source } from './parts.js';
import { named, notAfter, reasoned, refuse, testOf, waiting } from './refusals.js';
import type { Request, Waiting } from './state.js';

/** A named person ends the waiting, with a reason and with what the law asks for that outcome. */
export function decideRequest(command: DecideRequest, state: Request): RequestEvent[] {
  if (isRepeated(command, state)) return [];
  const found = waiting(state, command.at);
  const [by, reason] = [named(command.by), reasoned(command.reason)];
  const legalTest = testOf(londonDay(command.at), command.legalTest);
  const decision = decided(command, found);
  return [{ type: 'RequestDecided', at: command.at, by, reason, legalTest, ...decision }];
}

function isRepeated(command: DecideRequest, state: Request): boolean {
  if (state.status === 'decided') return state.outcome === command.outcome && state.decidedAt === command.at;
  if (state.status !== 'authorised' || command.outcome !== 'granted') return false;
  const { from, to } = state.authorisation;
  return state.decidedAt === command.at && from === command.authorisedFrom && to === command.authorisedTo;
}

function decided(command: DecideRequest, state: Waiting): Decision {
  switch (command.outcome) {
    case 'granted': {
      const { outcome, authorisedFrom, authorisedTo, conditions, representative } = command;
      grantable(command, state);
      return { outcome, authorisedFrom, authorisedTo, conditions, representative };
    }
    case 'not_granted': {
      const { outcome, negativeAssessment } = command;
      if (negativeAssessment === null || state.assessments[negativeAssessment]?.result !== 'not_met') {
        return refuse('negative-assessment-required', 'Only an assessment that was not met can refuse a request. Say which one.');
      }
      return { outcome, negativeAssessment };
    }
    case 'withdrawn':
    case 'died':
    case 'moved':
      return { outcome: command.outcome, source: sourced(command.outcome, command.source, command.at) };
    default:
      return assertNever(command);
  }
}

/** The dated source of a withdrawal, a death or a move. Withdrawing is the managing authority's act alone. */
export function sourced(outcome: 'withdrawn' | 'died' | 'moved', source: Source | null, at: string): Source {
  if (source === null) return refuse('source-required', 'Say who told us of this, and on what day.');
  notAfter(source.on, at, 'source-in-the-future');
  if (outcome === 'withdrawn' && source.from !== 'managing_authority') {
    return refuse('withdrawn-by-somebody-else', 'Only the care home or hospital that asked can withdraw its request.');
  }
  return source;
}

function grantable(command: Granted & { at: string }, { assessments }: Waiting): void {
  const missing = assessmentKinds.filter((kind) => assessments[kind] === undefined);
  if (missing.length > 0) refuse('assessment-missing', `Still to be assessed: ${missing.join(', ')}.`);
  const notMet = assessmentKinds.filter((kind) => assessments[kind]?.result !== 'met');
  if (notMet.length > 0) refuse('assessment-not-met', `All six have to be met. Not met: ${notMet.join(', ')}.`);
  // Two different people for these two are also the two assessors that every authorisation needs.
  if (assessments.best_interests?.assessor === assessments.mental_health?.assessor) {
    refuse('same-assessor', 'Best interests and mental health have to be assessed by two different people.');
  }
  if (assessments.best_interests?.legalTest !== legalTestOn(londonDay(command.at)).code) {
    refuse('assessed-under-earlier-test', 'The law has changed since best interests were assessed. Have that assessment made again.');
  }
  inOrder(command.authorisedFrom, command.authorisedTo, false);
  const { representative } = command;
  if (representative.appointed === 'nobody' ? representative.reason === null : representative.name === null) {
    refuse('representative-required', 'Name the person’s representative, or say why there is none.');
  }
}

/** The last day an authorisation may have: the day before its anniversary. The old format allowed the anniversary. */
export function lastDayOf(from: Day, legacy = false): Day {
  const anniversary = addYears(from, clockOn('longest_authorisation', from).length);
  return legacy ? anniversary : addDays(anniversary, -1);
}

/** An authorisation's days: the end not before the beginning, and no later than the law allows. */
export function inOrder(from: Day, to: Day, legacy: boolean): void {
  if (to < from) refuse('authorisation-backwards', 'The authorisation ends before it begins. Check the dates.');
  const last = lastDayOf(from, legacy);
  if (to > last) refuse('authorisation-too-long', `An authorisation from ${from} can last until ${last} at most.`);
}
