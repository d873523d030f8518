import { addYears, londonDay } from '#libs/calendar';
import { clockOn } from './clocks.js';
import type { AssessmentKind } from './codes.js';
import type { RecordAssessment } from './commands.js';
import type { RequestEvent } from './events.js';
import type { Assessment } from './parts.js';
import { named, notAfter, reasoned, refuse, testOf, waiting } from './refusals.js';
import type { Request, Waiting } from './state.js';

/** Records one of the six assessments, made for this request or in an equivalent report. The latest of a kind counts. */
export function recordAssessment(command: RecordAssessment, state: Request): RequestEvent[] {
  const found = waiting(state, command.at);
  if (found.status !== 'allocated') {
    return refuse('not-allocated', 'Allocate this request before recording what its assessors found.');
  }
  const by = named(command.by);
  const { at, assessment, result, assessor, assessedOn, equivalent } = command;
  notAfter(assessedOn, at, 'assessed-in-the-future');
  if (assessedOn < londonDay(found.details.receivedAt)) {
    return refuse('assessed-before-receipt', 'This assessment is older than the request. Record it as an equivalent assessment.');
  }
  if (equivalent !== null) usable(command, equivalent);
  byItsAssessor(command, found);
  apart(command, found);
  const legalTest = testOf(equivalent?.reportOn ?? assessedOn, command.legalTest);
  return [{ type: 'AssessmentRecorded', at, by, assessment, result, assessor, assessedOn, equivalent, legalTest }];
}

/** An assessment is made by one of the two whom the request was given to, and told by themselves or by whoever keeps the records. A report that serves instead was written by whom it was. */
function byItsAssessor({ by, assessor, equivalent }: RecordAssessment, { allocation }: Waiting): void {
  const assessors = [allocation?.bestInterestsAssessor, allocation?.mentalHealthAssessor];
  if (equivalent === null && !assessors.includes(assessor)) {
    refuse('not-its-assessor', 'This request was not given to that assessor. Check the id, or give the request to them first.');
  }
  if (equivalent === null && assessors.includes(by) && by !== assessor) {
    refuse('assessed-by-another', 'Record your own assessment. What the other assessor found, they record themselves.');
  }
}

/** Schedule A1, paragraph 49: not older than 12 months, save for age, and nothing suggests that it no longer holds. */
function usable({ assessment, assessedOn }: Assessment, { reportOn, stillAccurate }: NonNullable<Assessment['equivalent']>): void {
  if (reportOn > assessedOn) {
    refuse('report-in-the-future', 'The report is dated after the day on which it was taken as equivalent. Check the dates.');
  }
  const oldest = addYears(reportOn, clockOn('equivalent_assessment_age', assessedOn).length);
  if (assessment !== 'age' && oldest < assessedOn) {
    refuse('report-too-old', 'This report is more than 12 months old. A new assessment is needed.');
  }
  reasoned(stillAccurate);
}

const other: Partial<Record<AssessmentKind, AssessmentKind>> = {
  best_interests: 'mental_health',
  mental_health: 'best_interests',
};

function apart({ assessment, assessor }: Assessment, { assessments }: Waiting): void {
  const against = other[assessment];
  if (against !== undefined && assessments[against]?.assessor === assessor) {
    refuse('same-assessor', 'Best interests and mental health have to be assessed by two different people.');
  }
}
