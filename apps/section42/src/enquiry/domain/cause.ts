import type { CauseEnquiry, RecordProgressCheck } from './enquiry-commands.js';
import type { EnquiryEvent } from './enquiry-events.js';
import type { Enquiry, Story } from './enquiry-state.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { allocated } from './standing.js';

/**
 * Has another agency make the enquiry: said plainly, with scope, purpose and day. The council stays accountable
 * (Care Act 2014, s.42(2): "or cause to be made"), so one of its own workers must have it.
 */
export function cause(command: CauseEnquiry, state: Enquiry): EnquiryEvent[] {
  allocated(state);
  const { at, by, agency, dueOn } = command;
  needsPerson(by);
  const scope = needsWords(command.scope, 'enquiry/scope-required', 'Say what the agency is to find out.');
  const purpose = needsWords(command.purpose, 'enquiry/purpose-required', 'Say what the council needs it for.');
  if (dueOn === null) return refuse('enquiry/due-day-required', 'Agree the day by which the agency reports back.');
  return [{ type: 'EnquiryCaused', at, by, agency, scope, purpose, dueOn }];
}

/** The council has asked the agency how far it is, and perhaps agreed another day. */
export function checkProgress(command: RecordProgressCheck, state: Enquiry): EnquiryEvent[] {
  const { story } = allocated(state);
  const { at, by } = command;
  needsPerson(by);
  if (!isMadeByAnother(story)) refuse('enquiry/not-caused', 'The council makes this enquiry itself. There is no agency to check on.');
  const note = needsWords(command.note, 'enquiry/note-required', 'Say how far the agency is.');
  return [{ type: 'ProgressChecked', at, by, note, dueOn: command.dueOn ?? story.caused?.dueOn ?? null }];
}

/** Does another agency make this enquiry? */
export function isMadeByAnother({ conductedBy }: Story): boolean {
  return conductedBy !== null && conductedBy !== 'local_authority';
}
