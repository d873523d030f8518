import type { Words } from '#libs/journal';
import type { Making } from '#libs/platform';
import type { CorrectRequest, DecideRequest, EndAuthorisation, ReceiveRequest, RecordAssessment, RecordWaitingContact, ScreenRequest } from '../../domain/commands.js';
import type { Corrections, Decision, Representative, Source } from '../../domain/parts.js';
import type { AskBody, AssessBody, ContactBody, CorrectAuthorisationBody, CorrectBody, DecideBody, EndBody, ScreenBody, SourceBody } from './bodies.js';

/** What a form says, as the commands that the rules judge. */
export function receiveRequest(body: AskBody, { words, now, by }: Making, reference: string): ReceiveRequest {
  const given = body.receivedAt;
  return {
    type: 'ReceiveRequest',
    at: given && given < now ? given : now,
    by,
    reference,
    kind: body.kind,
    urgent: body.urgent ?? null,
    urgentExpiresOn: body.urgentExpiresOn ?? null,
    setting: body.setting ?? null,
    managingAuthority: words.keep(body.managingAuthority),
    renewalOf: body.renewalOf ?? null,
  };
}

const underTest = <Test>(legalTest: Test | undefined): { legalTest?: Test } => (legalTest === undefined ? {} : { legalTest });

export const screenRequest = ({ factors, result, reason, legalTest }: ScreenBody, { words, now, by }: Making): ScreenRequest => ({
  type: 'ScreenRequest', at: now, by, factors, result, reason: words.keep(reason), ...underTest(legalTest),
});

export const recordAssessment = ({ equivalent, legalTest, ...assessed }: AssessBody, { words, now, by }: Making): RecordAssessment => ({
  type: 'RecordAssessment',
  at: now,
  by,
  ...assessed,
  equivalent: equivalent ? { reportOn: equivalent.reportOn, stillAccurate: words.keep(equivalent.stillAccurate) } : null,
  ...underTest(legalTest),
});

export const recordContact = (body: ContactBody, { words, now, by }: Making): RecordWaitingContact => ({
  type: 'RecordWaitingContact',
  at: now,
  by,
  spokenTo: body.spokenTo,
  stillThere: body.stillThere ?? null,
  changed: body.changed ?? null,
  objects: body.objects ?? null,
  nextContactOn: body.nextContactOn,
  note: words.keep(body.note),
});

export const decideRequest = (body: DecideBody, { words, now, by }: Making): DecideRequest => ({
  type: 'DecideRequest', at: now, by, reason: words.keep(body.reason), ...underTest(body.legalTest), ...decision(body, words),
});

function decision(body: DecideBody, words: Words): Decision {
  switch (body.outcome) {
    case 'granted': {
      const { outcome, authorisedFrom, authorisedTo, conditions } = body;
      const kept = conditions.map((condition) => words.keep(condition)).filter((text) => text !== null);
      return { outcome, authorisedFrom, authorisedTo, conditions: kept, representative: representative(body.representative, words) };
    }
    case 'not_granted':
      return { outcome: body.outcome, negativeAssessment: body.negativeAssessment ?? null };
    default:
      return { outcome: body.outcome, source: sourceOf(body.source, words) };
  }
}

function representative(given: Extract<DecideBody, { outcome: 'granted' }>['representative'], words: Words): Representative {
  return given.appointed === 'nobody'
    ? { appointed: given.appointed, reason: words.keep(given.reason) }
    : { appointed: given.appointed, name: words.keep(given.name) };
}

const sourceOf = (given: SourceBody | undefined, words: Words): Source | null =>
  given ? { from: given.from, on: given.on, words: words.keep(given.words) } : null;

export const endAuthorisation = ({ endedOn, why, source, reason }: EndBody, { words, now, by }: Making): EndAuthorisation => ({
  type: 'EndAuthorisation', at: now, by, endedOn, why, source: sourceOf(source, words), reason: words.keep(reason),
});

/** Only what was given: what was left out stays as it is. */
const onlyGiven = (changes: object): Corrections => Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

export const correctRequest = ({ changes: { managingAuthority, ...plain }, reason }: CorrectBody, { words, now, by }: Making): CorrectRequest => ({
  type: 'CorrectRequest', at: now, by, reason: words.keep(reason),
  changes: { ...onlyGiven(plain), ...(managingAuthority === undefined ? {} : { managingAuthority: words.keep(managingAuthority) }) },
});

export const correctAuthorisation = ({ changes, reason }: CorrectAuthorisationBody, { words, now, by }: Making): CorrectRequest => ({
  type: 'CorrectRequest', at: now, by, reason: words.keep(reason), changes: onlyGiven(changes),
});
