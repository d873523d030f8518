import { ageOn, londonDay } from '#libs/calendar';
import { dayInWords, dayOf, listInWords, missingItems, timeInWords, visitor } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { may } from '../may.js';
import { paths } from '../paths.js';
import { liveScript } from '../queues/live.js';
import { clockInWords } from '../queues/clocks.js';
import { packOf } from '../subject-access/pack-of.js';
import { referrerInWords, sentence } from '../words.js';
import { allegationsInWords, NOTHING_ELSE } from './allegations.js';
import { type Account, accountOf, contactOf, safetyOfContact } from './account.js';
import { type Act, actsFor, actsForRoute, close, colleagueWith, corrections, danger, errorReason, keepFrom, place, reopen, seenTo, tell } from './acts/index.js';
import { atPlace } from './at-place.js';
import { concernDetails, personDetails, placeAsSaid } from './details.js';
import type { Held } from './beside.js';
import { elsewhere, repeated } from './elsewhere.js';
import { filesOf } from './files/files-page.js';
import { judgedIn } from './judgement.js';
import { keptFrom, restricted, stillOpen } from './open-to.js';
import { findingsInWords } from './same/found.js';
import type { Match, NamedFinding } from './same/same-person.js';
import { type ConcernCase, consideredIn, type PersonSeen } from './shapes.js';
import { awaited, sentOn } from './sent-on.js';
import { timelineOf } from './timeline.js';
import { byWay, consents, feedbackInWords, notSentReasons, orSentence, outcomeInWords, statuses, wishesAnswers } from './words.js';

type Person = PersonSeen | undefined | 'away';
/** What it is about, what is known, and what changes it. */
type Fact = [string, string | undefined, Act?];

/** Everything that somebody needs to decide a concern, on one page. */
export function casePage(concern: ConcernCase, { person, alike, found, held, called }: { person: Person; alike: readonly Match[] | 'away'; found: readonly NamedFinding[]; held: Held; called: Called }, { done, ...form }: { done: string | undefined; csrf: string; key: string }) {
  const said = accountOf(concern);
  const { hrefOf, ...doable } = whatCanBeDone(concern, called);
  return {
    ...head(concern),
    backHref: paths.queue('triage', { authority: concern.authority }),
    done,
    name: nameOf(concern, person),
    unknown: unknown(person, alike),
    again: paths.concern(concern.id),
    colleague: colleagueWith(concern, called),
    status: { text: statuses[concern.status], classes: concern.status === 'awaiting-triage' ? 'govuk-tag--yellow' : 'govuk-tag--grey' },
    atRisk: atRisk(concern),
    clocks: (['triage_24_hours', 'triage_5_days'] as const).map((code) => ({ name: code === 'triage_24_hours' ? '24 hours' : '5 days', clock: clockInWords(concern.clocks, code, concern.asOf) })).filter((one) => one.clock),
    ...doable,
    form,
    worry: paragraphs(said?.worry),
    concern: rows(aboutConcern(concern, said, called), hrefOf),
    awaited: awaited(concern),
    sentOn: sentOn(concern, (route) => actsForRoute(concern, route)),
    considered: considered(concern, called),
    files: filesOf(concern, called),
    missing: stillMissing(concern),
    person: rows([...aboutPerson(concern, person), ...personDetails(said)]),
    elsewhere: elsewhere(concern, { person, hasAlike: alike !== 'away' && alike.length > 0, held, called }),
    atPlace: atPlace(concern),
    placeAsSaid: placeAsSaid(said),
    placeHref: hrefOf(place),
    closeToHarm: closeToHarm(concern),
    closeHref: hrefOf(close),
    reopenHref: hrefOf(reopen),
    disagreed: disagreed(concern),
    repeated: repeated(concern),
    moreCame: moreCame(concern),
    alike: (alike === 'away' ? [] : alike).map(({ name, reasons }) => ({ name, why: reasonsInWords(reasons) })),
    found: findingsInWords(found, called, nameOf(concern, person)),
    sameHref: concern.personId !== null && may('person.match') ? paths.concernAct(concern.id, 'same') : undefined,
    mayFind: may('person.join'),
    pack: packOf(concern),
    personHref: concern.personId !== null && may('person.correct') ? paths.concernAct(concern.id, 'person') : undefined,
    timeline: timelineOf(concern, called),
    asOf: timeInWords(concern.asOf),
    seen: concern.sequence,
    live: { script: liveScript.path, href: paths.liveConcern(concern.id, concern.asOf) },
    errorProposed: errorProposed(concern, called),
    restricted: restricted(concern, called),
    keptFrom: keptFrom(concern, called),
    stillOpen: stillOpen(concern, called, hrefOf(keepFrom) !== undefined),
  };
}

const head = ({ reference }: ConcernCase) => ({ title: `Concern ${reference}`, here: paths.queues() });

/** What whoever reads it can do next: what comes first, what with one button, and everything else; and the way to an act, where it is one of those. */
function whatCanBeDone(concern: ConcernCase, called: Called) {
  const acts = actsFor(concern).map((act) => ({ ...act, ...act.wordsFor?.(concern, called) }));
  const isOneStep = (act: Act): boolean => act.isOneStep?.(concern) ?? false;
  const offered = acts.filter((act) => !isOneStep(act) && !act.isBeside);
  const answers = concern.dangerToldAt ? offered.filter(({ name }) => name === reopen.name || name === seenTo.name) : [];
  const main = [...answers, ...offered.filter((act) => !answers.includes(act))];
  const next = main.find((act) => !act.isAside?.(concern));
  // While a message is on its way there is nothing to do but to wait for it.
  const first = next?.name === tell.name && concern.sending ? undefined : next;
  const link = ({ name, link: text }: Act) => ({ text, href: paths.concernAct(concern.id, name) });
  return {
    first: first && link(first),
    others: main.filter((act) => act !== first).map(link),
    oneStep: acts.filter(isOneStep).map(({ button, name }) => ({ button, action: paths.concernAct(concern.id, name) })),
    hrefOf: (act: Act) => (acts.some(({ name }) => name === act.name) ? link(act).href : undefined),
  };
}

/** What is known of a concern, to be read beside whatever is done with it. */
export const factsOf = (concern: ConcernCase, called: Called) => rows(aboutConcern(concern, accountOf(concern), called).filter(([, value]) => value !== 'Not known' && value !== NOTHING_ELSE));

/** Who says that it should never have been recorded, and why, until a second person has answered. */
function errorProposed(concern: ConcernCase, called: Called) {
  const { errorProposedBy } = concern;
  return errorProposedBy && { who: errorProposedBy === visitor()?.id ? 'You said' : `${called(errorProposedBy)} says`, why: errorReason(concern) };
}

/** What it came without: a list to chase until it is decided, and from then on what was never learnt. Of what should not be here nothing is asked. */
function stillMissing({ status, missing }: ConcernCase) {
  if (missing.length === 0 || (status !== 'awaiting-triage' && status !== 'triaged')) return undefined;
  const items = missing.map((item) => sentence(missingItems[item] ?? item));
  if (status === 'awaiting-triage') return { title: 'Still missing', items };
  return { title: 'Never learnt', note: 'It was decided without these, and nobody has to chase them any more.', items };
}

/** How far somebody is in judging it. */
function considered(concern: ConcernCase, called: Called) {
  const told = consideredIn(concern);
  if (!told) return undefined;
  return { when: `${timeInWords(told.at)}${told.actor ? `, ${called(told.actor)}` : ''}`, rows: rows(judgedIn(told).map(({ label, text }): Fact => [label, text])) };
}

const reasonsInWords = (reasons: readonly string[]): string => listInWords(reasons.map((reason) => reason.charAt(0).toLowerCase() + reason.slice(1)));

/** What of the person cannot be shown just now, once for the whole page. */
function unknown(person: Person, alike: readonly Match[] | 'away'): string | undefined {
  if (person === 'away') return 'Who they are cannot be shown just now: neither the name, the date of birth and the address nor whether they are likely the same person as somebody else.';
  return alike === 'away' ? 'Whether they are likely the same person as somebody else cannot be shown just now.' : undefined;
}

/** Who it is, in a heading; undefined where nobody can say just now. */
function nameOf({ personId }: ConcernCase, person: Person): string | undefined {
  if (person === 'away') return undefined;
  if (personId === null) return 'Not matched with a person yet';
  const { givenName, familyName } = person?.identity ?? {};
  return [givenName, familyName].filter(Boolean).join(' ') || 'Name not known';
}

function aboutConcern(concern: ConcernCase, said: Account | undefined, called: Called): Fact[] {
  const { name, role, organisation } = said?.referrer ?? {};
  return [
    ['Received', timeInWords(concern.receivedAt), corrections.receivedAt],
    ['How it came in', concern.channel ? sentence(concern.channel) : 'Not known', corrections.channel],
    ['Who has it', concern.status === 'awaiting-triage' ? (concern.assignedTo ? called(concern.assignedTo) : 'Nobody yet') : undefined],
    ['In danger now', inDanger(concern, said), danger],
    ['Kinds of abuse', sentence(concern.abuseTypes.join('; ')) || 'Not known', corrections.abuseTypes],
    ['Where', concern.locationType ? sentence(concern.locationType) : 'Not known', corrections.locationType],
    ['Place in the directory', concern.placeId ? called(concern.placeId) : placeAsSaid(said) ? 'Not chosen yet' : 'Not known', place],
    ['Source of risk', concern.sourceOfRisk ? sentence(concern.sourceOfRisk) : 'Not known', corrections.sourceOfRisk],
    ...alsoAlleged(concern),
    ['What they want', wanting(concern, said)],
    ...concernDetails(said),
    ['Do they know', knowing(concern, said)],
    ['Raised by', [concern.referrerType && referrerInWords(concern.referrerType), name, role, organisation].filter(Boolean).join(', ') || 'Not known', corrections.referrerType],
    ['Could they be causing the harm', closeInWords(concern), close],
    ['How to reach whoever raised it', contactOf(said).join(', ') || undefined],
    ['Reaching whoever raised it safely', safetyOfContact(said)],
    ['The notice that more is wanted', noticeNotSent(concern)],
    ['Decision', concern.decision && `${outcomeInWords(concern.decision.outcome)}, ${dayOf(concern.decision.decidedAt)}`],
    ['Were they told', tellingInWords(concern)],
  ];
}

/** What is alleged besides, each with a source and a place of its own. */
const alsoAlleged = ({ otherAllegations }: ConcernCase): Fact[] =>
  allegationsInWords(otherAllegations).map((line, at): Fact => (at === 0 ? ['Also alleged', line, corrections.otherAllegations] : ['Also alleged', line]));

function inDanger({ immediateRisk, story }: ConcernCase, said: Account | undefined): string {
  if (immediateRisk !== null) return [immediateRisk ? 'Yes' : 'No', saidSince(story, immediateRisk)].filter(Boolean).join(', ');
  return said?.details['inDanger'] === 'not_sure' ? 'Whoever raised it was not sure' : 'Not known';
}

/** What the person wants: as it was recorded, or as much as whoever raised it said. */
function wanting({ wishes, story }: ConcernCase, said: Account | undefined): string {
  if (wishes) return [orSentence(wishesAnswers, wishes), story.findLast((told) => told.wishes)?.wishes?.words].filter(Boolean).join(': ');
  return said?.wishes ? `${orSentence(wishesAnswers, said.wishes.asked)}. ${said.wishes.asked === 'not_asked' || said.wishes.asked === 'could_not_ask' ? 'Why not' : 'What that is'} was not said` : 'Not known';
}

/** Where what is known of danger came from whoever raised it after they had: when they said so last. */
function saidSince(story: ConcernCase['story'], isInDanger: boolean): string | undefined {
  const latest = story.findLast(({ immediateRisk, correction, inDanger: said }) => typeof immediateRisk === 'boolean' || correction?.field === 'immediateRisk' || said === (isInDanger ? 'yes' : 'no'));
  return latest?.type === 'MoreAnswered' ? `as whoever raised it said on ${timeInWords(latest.at)}` : undefined;
}

/** What stands over everything else: the person is in danger now or, of what is decided, that was said or recorded since and nobody has seen to it. */
export function atRisk({ immediateRisk, status, dangerToldAt, story }: ConcernCase): string | undefined {
  const last = story.findLast(({ inDanger: said, correction }) => said === 'yes' || (correction?.field === 'immediateRisk' && correction.value === true))?.at;
  if (immediateRisk === true && status === 'awaiting-triage') return `The person is said to be in danger now${last ? `, last on ${timeInWords(last)}` : ''}`;
  if (!dangerToldAt) return undefined;
  const how = story.some(({ type, at }) => type === 'ConcernCorrected' && at === dangerToldAt) ? 'It was recorded' : 'Whoever raised it said';
  const again = last && last > dangerToldAt ? `, and again ${timeInWords(last)}` : '';
  return `${how}, after it was decided, that the person is in danger now: ${timeInWords(dangerToldAt)}${again}. Open it again, or say how it was seen to`;
}

const judgedLast = ({ story }: ConcernCase): boolean | undefined => story.findLast(({ type }) => type === 'ReferrerJudged')?.mayBeSource ?? undefined;

/** Why whoever raised it hears nothing, and what follows from that; where a concern came from another system nobody hears of it here. */
function closeToHarm(concern: ConcernCase): string | undefined {
  const { mayBeSource, legacy, status } = concern;
  if (!mayBeSource || legacy || (status !== 'awaiting-triage' && status !== 'triaged')) return undefined;
  const who = judgedLast(concern) ? 'A colleague found that whoever raised it may be causing the harm, or be close to whoever does' : 'By what was said, whoever raised it may be causing the harm, or be close to whoever does';
  return `${who}. So nothing reaches them by itself: no code to follow it by, no message, nothing new on their page.`;
}

function closeInWords(concern: ConcernCase): string | undefined {
  if (concern.legacy) return undefined;
  if (concern.mayBeSource) return 'They could be, or be close to whoever does: nothing reaches them by itself';
  return judgedLast(concern) === false ? 'No: somebody found that they are not close to it' : 'Not known';
}

const onItsWay = { owed: 'Not yet: a', told: 'Yes; a further', not_told: `${feedbackInWords.not_told}; a`, not_known: `${feedbackInWords.not_known}; a` };

/** Why the latest notice did not arrive, while it waits for a decision. */
function noticeNotSent({ status, story }: ConcernCase): string | undefined {
  const latest = story.findLast(({ type }) => type === 'MoreAskedFor' || type === 'NoticeNotSent' || type === 'ConcernTriaged');
  if (status !== 'awaiting-triage' || latest?.type !== 'NoticeNotSent' || latest.reason === 'decided') return undefined;
  return `It did not arrive${byWay(latest.way)}: ${orSentence(notSentReasons, latest.reason ?? '')}. Ask them otherwise`;
}

/** Whether whoever raised it was told, and what keeps them from it. */
function tellingInWords({ feedback, sending, notSent }: ConcernCase): string | undefined {
  if (!feedback) return undefined;
  if (sending) return `${onItsWay[feedback]} message is on its way${byWay(sending.way)}, since ${timeInWords(sending.at)}`;
  if (notSent) return `${feedbackInWords[feedback]}. A message${byWay(notSent.way)} did not arrive: ${orSentence(notSentReasons, notSent.reason)}`;
  return feedbackInWords[feedback];
}

/** Whether the person knows and agrees: as it came later, or as whoever raised it said. */
function knowing({ story }: ConcernCase, said: Account | undefined): string | undefined {
  const later = story.findLast(({ consent }) => consent)?.consent;
  if (later) return orSentence(consents, later);
  return said?.consent && [orSentence(consents, said.consent.given), said.consent.why].filter(Boolean).join('. ');
}

function aboutPerson(concern: ConcernCase, person: Person): Fact[] {
  const identity = person === 'away' ? undefined : person?.identity;
  return [
    ['Name', nameOf(concern, person)],
    ['Date of birth', identity?.birthDate ? dayInWords(identity.birthDate) : (identity?.birthDateAsWritten ?? undefined)],
    ['Age then', ageThen(concern, identity?.birthDate)],
    ['Address', [identity?.address, identity?.postcode].filter(Boolean).join(', ') || undefined],
    ['NHS number', identity?.nhsNumber ?? identity?.nhsNumberAsWritten ?? undefined],
  ];
}

/** How old they were when it came in: in years where it is known when they were born, else as it was told. */
function ageThen({ ageBand, receivedAt }: ConcernCase, birthDate: string | null | undefined): string | undefined {
  const received = londonDay(receivedAt);
  if (birthDate && birthDate <= received) return String(ageOn(birthDate, received));
  return ageBand && ageBand !== 'not_known' ? ageBand : undefined;
}

/** A second look that came to something else than the decision in force: to whoever sees the concern it is told with its story. */
function disagreed({ status, story }: ConcernCase): string | undefined {
  if (status !== 'triaged') return undefined;
  const at = story.findLastIndex(({ type }) => type === 'ConcernTriaged');
  const [first, second] = [story[at]?.outcome, story.slice(at + 1).findLast(({ type }) => type === 'SecondLookGiven')?.outcome];
  return first && second && first !== second ? `A second look came to “${outcomeInWords(second)}”; this was decided as “${outcomeInWords(first)}”. The first decision stands until somebody opens the concern again.` : undefined;
}

/** Whoever raised it wrote more, and nobody has worked on the concern since. */
function moreCame({ moreCameAt, status }: ConcernCase): string | undefined {
  if (!moreCameAt) return undefined;
  if (status !== 'triaged') return `Whoever raised it wrote more, ${timeInWords(moreCameAt)}: it is below, under What happened.`;
  return `Whoever raised it wrote more since it was decided, ${timeInWords(moreCameAt)}: it is below, under What happened. If it changes what was decided, open the concern again.`;
}

/** Rows of what is known, each with the way to put it right where there is one. */
const rows = (facts: Fact[], hrefOf: (act: Act) => string | undefined = () => undefined) =>
  facts.flatMap(([key, value, act]) => {
    const href = act && hrefOf(act);
    const change = href && { actions: { items: [{ href, text: 'Change', visuallyHiddenText: key.toLowerCase() }] } };
    return value ? [{ key: { text: key }, value: { text: value }, ...change }] : [];
  });

const paragraphs = (words: string | undefined): string[] => words?.split(/\n{2,}/) ?? [];
