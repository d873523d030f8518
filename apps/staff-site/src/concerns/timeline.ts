import { listInWords, timeInWords } from '#libs/pages';
import { authorityName } from '../authorities.js';
import { referrerInWords, sentence } from '../words.js';
import type { Called } from '../colleagues.js';
import { allegations, allegationsInWords } from './allegations.js';
import { judgedIn } from './judgement.js';
import { routeInWords } from './sent-on.js';
import type { ConcernCase, Told } from './shapes.js';
import { byWay, councilInWords, keptBecause, missingInWords, noticeInWords, notSafeguardingReasons, notSentReasons, orSentence, outcomeInWords, restrictedBecause, wishesAnswers } from './words.js';

export interface Entry {
  when: string;
  what: string;
  /** Left out where it came in: who raised it stands in what they said. */
  who: string | null;
  /** What was said, paragraph by paragraph. */
  words: { label?: string; text: string }[];
}

type Telling = (told: Told, called: Called) => { what: string; words?: (Entry['words'][number] | false)[] };

const said = (text: string | null | undefined, label?: string): Entry['words'][number] | false => (text ? { text, ...(label && { label }) } : false);

/** How each thing that can happen to a concern is told. */
const tellings: Record<string, Telling> = {
  ConcernReceived: () => ({ what: 'The concern came in' }),
  ConcernImported: () => ({ what: 'It was brought here from another system' }),
  PersonIdentified: () => ({ what: 'Who it is about was recorded' }),
  ConcernAssigned: ({ to, actor }, called) => ({ what: to ? (to === actor ? `${called(to)} took it` : `It was given to ${called(to)}`) : 'It was given back' }),
  MoreAskedFor: ({ what, message, notice }) => ({ what: `Asked for: ${missingInWords(what)}`, words: [said(message), said(notice && noticeInWords(notice))] }),
  NoticeNotSent: ({ way, reason }) => ({ what: `The notice that more is wanted ${reason === 'decided' ? 'was not sent' : 'did not arrive'}${byWay(way)}`, words: [said(reason && orSentence(notSentReasons, reason))] }),
  MoreAnswered: ({ what, answer, from, inDanger }) => ({ what: from === 'referrer' ? whatTheyWrote(what, inDanger) : what.length > 0 ? `Came: ${missingInWords(what)}` : 'More came', words: [said(answer)] }),
  WishesRecorded: ({ wishes }) => ({ what: `What the person wants: ${orSentence(wishesAnswers, wishes?.answer ?? '').toLowerCase()}`, words: [said(wishes?.words)] }),
  LimbsConsidered: (told) => ({ what: 'Judged so far, and not decided', words: judgedIn(told) }),
  ConcernTriaged: decided,
  ConcernRouted: ({ routes }) => ({ what: `It was sent on to: ${listInWords(routes.map(({ route, otherAuthority }) => routeInWords(route, otherAuthority ? authorityName(otherAuthority) : '')))}` }),
  RouteReceived: ({ route, reference }) => ({ what: route ? `They have it: ${routeInWords(route)}` : 'They have it, to where it was sent', words: [said(reference)] }),
  RouteRefused: ({ route, reason }) => ({ what: route ? `They do not take it: ${routeInWords(route)}` : 'They do not take it, to where it was sent', words: [said(reason)] }),
  SecondLookDrawn: () => ({ what: 'The decision was drawn by lot for a second look' }),
  SecondLookGiven: (told) => ({ what: `A second look came to: ${outcomeInWords(told.outcome ?? '')}`, words: [said(told.reason), ...judgedIn(told)] }),
  ConcernReopened: ({ reason }) => ({ what: 'It was opened again', words: [said(reason)] }),
  MessageToReferrerWritten: ({ way, message }) => ({ what: `A message to whoever raised it is on its way${byWay(way)}`, words: [said(message)] }),
  MessageToReferrerNotSent: ({ way, reason }) => ({ what: `The message${byWay(way)} did not arrive`, words: [said(reason && orSentence(notSentReasons, reason))] }),
  ReferrerTold: ({ way, message }) => ({ what: way === 'page' ? 'It stands on their own page: whoever raised it is told' : way ? `The message${byWay(way)} arrived: whoever raised it is told` : 'Whoever raised it was told', words: [(!way || way === 'page') && said(message)] }),
  ReferrerNotTold: ({ reason }) => ({ what: 'Whoever raised it will not be told', words: [said(reason)] }),
  FileAdded: ({ name }) => ({ what: 'A file came', words: [said(name)] }),
  FileJudged: ({ verdict }) => ({ what: verdict === 'refused' ? 'A file was found to be harmful, and deleted' : 'A file was checked for harmful software' }),
  ConcernCorrected: ({ correction, reason }) => ({ what: `Put right: ${correctedInWords(correction?.field ?? '')}`, words: [said(correctionInWords(correction), 'Now'), said(reason)] }),
  // Of a change that somebody made meanwhile only its kind is told.
  PlaceNamed: ({ placeId, reason }, called) => ({ what: placeId ? `It happened at ${called(placeId)}` : placeId === null ? 'It is not said any more at which place it happened' : 'The place was changed', words: [said(reason)] }),
  ReferrerJudged: ({ mayBeSource, reason }) => ({ what: mayBeSource ? 'Whoever raised it may be causing the harm, or be close to whoever does' : mayBeSource === false ? 'Whoever raised it is not close to the harm' : 'Whether whoever raised it may be causing the harm was changed', words: [said(reason)] }),
  DangerSeenTo: ({ reason }) => ({ what: 'The danger that was told after the decision was seen to', words: [said(reason)] }),
  ConcernRestricted: ({ names, why, reason }, called) => ({ what: names?.length ? `It was restricted to ${listInWords(names.map(called))}` : 'Who may see it was changed', words: [said(why && orSentence(restrictedBecause, why)), said(reason)] }),
  RestrictionLifted: ({ reason }) => ({ what: 'It is open again to everybody whose right it is', words: [said(reason)] }),
  GlassBroken: ({ until, reason }) => ({ what: `Somebody who is not named opened it${until ? `, until ${timeInWords(until)}` : ''}`, words: [said(reason)] }),
  ConcernKeptFrom: ({ staff, why, reason, actor }, called) => ({ what: keptInWords(staff, actor, called), words: [said(why && orSentence(keptBecause, why)), said(reason)] }),
  KeptNoMore: ({ staff, reason }, called) => ({ what: staff.length > 0 ? `It is kept from ${listInWords(staff.map(called))} no more` : 'From whom it is kept was changed', words: [said(reason)] }),
  LegalHoldPlaced: ({ reason }) => ({ what: 'It is kept until a legal hold is lifted', words: [said(reason)] }),
  LegalHoldLifted: ({ reason }) => ({ what: 'The legal hold was lifted', words: [said(reason)] }),
  DisposalProposed: () => ({ what: 'Somebody says that it may be disposed of: it was kept for as long as it had to be' }),
  DisposalDeclined: ({ reason }) => ({ what: 'It is kept for now', words: [said(reason)] }),
  ConcernDisposed: () => ({ what: 'A second person agreed: whatever was said in words is gone' }),
  // Of the person, in `people`.
  PersonJoined: () => ({ what: 'They were found to be one person with somebody else' }),
  PersonsSeparated: () => ({ what: 'They were found to be two people after all' }),
  KeptApart: () => ({ what: 'They were kept apart from somebody who looks like them' }),
  KeepingApartUndone: () => ({ what: 'That they were kept apart from somebody was undone' }),
  IdentityCorrected: () => ({ what: 'Who they are was put right' }),
  CharacteristicsCorrected: () => ({ what: 'What is counted of them was put right' }),
  EnteredInErrorProposed: ({ reason }) => ({ what: 'Somebody says that it should never have been recorded', words: [said(reason)] }),
  EnteredInErrorDeclined: ({ reason }) => ({ what: 'It stays recorded', words: [said(reason)] }),
  ConcernEnteredInError: ({ reason }) => ({ what: 'It was entered in error', words: [said(reason)] }),
};

/** From whom it is kept; whoever says it of themselves alone did so for their own sake, and nobody for what follows from another concern. */
function keptInWords(staff: readonly string[], actor: string | null, called: Called): string {
  if (staff.length === 0) return 'From whom it is kept was changed';
  if (staff.length === 1 && staff[0] === actor) return 'They must not work on this, and see it no more';
  return `It is kept from ${listInWords(staff.map(called))}${actor === null ? ', as another record about the same person is' : ''}`;
}

/** What whoever raised it says of danger. */
const dangerSaid: Record<string, string> = { yes: 'they are in danger now', no: 'they are not in danger now', not_sure: 'they are not sure whether there is danger now' };

/** They say themselves what it answers; nobody has judged that. */
function whatTheyWrote(what: string[], inDanger: string | null | undefined): string {
  const danger = inDanger && dangerSaid[inDanger];
  const others = danger ? what.filter((item) => item !== 'immediate_risk') : what;
  const all = [...(danger ? [`says: ${danger}`] : []), ...(others.length > 0 ? [`answers what was asked: ${missingInWords(others)}`] : [])];
  return `Whoever raised it ${listInWords(all) || 'wrote more'}`;
}

function decided(told: Told, called: Called): ReturnType<Telling> {
  const { outcome = '', reason, otherEnquiryReason, notSafeguardingReason, decidedBy, decidedByInWords } = told;
  return {
    what: `Decided: ${outcomeInWords(outcome)}`,
    words: [
      said(reason),
      ...judgedIn(told),
      said(otherEnquiryReason, 'Why an enquiry all the same'),
      said(notSafeguardingReason && orSentence(notSafeguardingReasons, notSafeguardingReason), 'Not safeguarding because'),
      said(councilInWords(told.otherAuthority), 'To which council'),
      said(told.furtherRoutes.map(sentence).join(', '), 'Also to'),
      typeof told.sarReferral === 'boolean' && said([told.sarReferral ? 'Yes' : 'No', decidedBy && `by ${called(decidedBy)}`].filter(Boolean).join(', '), 'Referred for a Safeguarding Adult Review'),
      said(decidedByInWords, 'Decided by, as the other system has it'),
    ],
  };
}

const correctedInWords = (field: string): string => sentence(field.replaceAll(/([A-Z])/g, '_$1').toLowerCase()).toLowerCase();

/** What something was put right to. */
function correctionInWords(correction: Told['correction']): string {
  if (!correction) return '';
  const { field, value } = correction;
  if (field === 'otherAllegations') return allegationsInWords(allegations.catch([]).parse(value)).join('\n');
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'Not known';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return sentence(value.join('; '));
  if (typeof value !== 'string') return '';
  if (field === 'receivedAt') return timeInWords(value);
  return field === 'referrerType' ? referrerInWords(value) : sentence(value);
}

/** Whoever raised a concern is seldom a colleague, and often a program that speaks for somebody: who has no name here is called by what they did. */
export const callingRaiser = (story: ConcernCase['story'], called: Called): Called => (id) => (id === story[0]?.actor && called(id) === id ? 'whoever raised it' : called(id));

/** The story of a concern, the newest first. What this page does not know, it names. */
export function timelineOf({ story }: Pick<ConcernCase, 'story'>, called: Called): Entry[] {
  const whose = callingRaiser(story, called);
  return story.toReversed().map((told) => {
    const { what, words = [] } = (tellings[told.type] ?? ((): ReturnType<Telling> => ({ what: told.type })))(told, whose);
    return { when: timeInWords(told.at), what, who: told.actor && told.type !== 'ConcernReceived' ? whose(told.actor) : null, words: words.filter((one) => one !== false) };
  });
}

/** What came in words after the concern did, the newest first. */
export const cameLater = ({ story }: Pick<ConcernCase, 'story'>, called: Called): Entry[] =>
  timelineOf({ story: story.filter(({ type, answer, inDanger }) => type === 'MoreAnswered' && (answer || inDanger)) }, callingRaiser(story, called));

/** Something that was done meanwhile: as the service tells it to the slower of two, or as the story has it. */
export type Change = Pick<Told, 'type' | 'at' | 'actor'> & Partial<Told>;

/** What somebody else has done meanwhile, for whoever wrote on without knowing it. */
export const changesInWords = (changes: readonly Change[], called: Called): string[] => changesTold(changes, called).map(({ text }) => text);

const inOneLine = ({ label, text }: Entry['words'][number]): string => (label ? `${label}${label.endsWith('?') ? '' : ':'} ${text}` : text);

/** The same with what it came to, as the story tells it, as far as whoever reads is told more than who changed what kind of thing. */
export function changesTold(changes: readonly Change[], called: Called): { text: string; words: string[] }[] {
  return changes.map((change) => {
    const { type, at, actor } = change;
    const told: Told = { sequence: 0, what: [], furtherRoutes: [], names: [], staff: [], routes: [], ...change };
    // Where only the kind and the author of a change are told, it is not said to whom it was given.
    const { what, words = [] }: ReturnType<Telling> = type === 'ConcernAssigned' && !('sequence' in change) ? { what: 'Who has it was changed' } : (tellings[type] ?? (() => ({ what: type })))(told, called);
    const text = `${timeInWords(at)}${actor ? `, ${called(actor)}` : ''}: ${what.replace(/: ?$/, '')}`;
    return { text, words: words.flatMap((one) => (one ? inOneLine(one) : [])) };
  });
}
