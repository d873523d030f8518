import { listInWords, timeInWords } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { keptBecause, orSentence } from '../concerns/words.js';
import { paths } from '../paths.js';
import { sentence } from '../words.js';
import { type BrokenGlass, type KeptFromSome, kindsTo, type RestrictedRequest, type RestrictedToMe } from './restricted.js';

/** Where one is looked at. */
const hrefOf = ({ called }: RestrictedToMe[number]['kind'], id: string): string => (called === 'concern' ? paths.concern(id) : paths.restrictedRequest(id));

/** A restricted record in a line, for whoever is named. */
export const lineOf = (called: Called) => ({ kind, id, reference, since, until, isNew, glass, keptFrom }: RestrictedToMe[number]) => ({
  text: reference,
  noun: kind.noun,
  isRequest: kind.called === 'request',
  href: hrefOf(kind, id),
  since: timeInWords(since),
  until: until ? timeInWords(until) : undefined,
  isNew,
  keptFrom: listInWords(keptFrom.map(({ id: whom }) => called(whom))),
  glass: glass.length === 0 ? '' : listInWords(glass.map(({ by, at }) => `${called(by)} on ${timeInWords(at)}`)),
});

/** Who opened a restricted record without being named, in a line. */
export const brokenLineOf = (called: Called) => ({ kind, by, at, until, id, reference }: BrokenGlass[number]) => ({
  who: called(by),
  noun: kind.noun,
  when: timeInWords(at),
  until: timeInWords(until),
  record: id && { text: reference, href: hrefOf(kind, id) },
});

/** Which records are restricted to whoever is signed in, and who opened one without being named. */
export function restrictedPage(mine: RestrictedToMe, { broken, kept }: { broken: BrokenGlass | undefined; kept: KeptFromSome | undefined }, called: Called) {
  return {
    title: 'Restricted records',
    here: paths.restricted(),
    kinds: kindsTo('read').map(({ noun }) => `${noun}s`).join(' and '),
    mine: mine.map(lineOf(called)),
    breakHref: kindsTo('break').length > 0 ? paths.signInAgain(paths.breakGlass()) : undefined,
    kept: kept?.map(({ kind, id, reference, keptFrom, why, at }) => ({ who: called(keptFrom), why: orSentence(keptBecause, why), when: timeInWords(at), text: reference, href: hrefOf(kind, id), noun: kind.noun, isRequest: kind.called === 'request' })),
    broken: broken?.map(brokenLineOf(called)),
  };
}

/** A restricted DoLS request, as far as whoever is named has to know where to find it: it is worked on by API. */
export function requestPage({ reference: title, status, kind, band, receivedAt, restriction, keptFrom }: RestrictedRequest, called: Called) {
  const facts = { Status: sentence(status), Kind: sentence(kind), Priority: band ? sentence(band) : 'Not yet given', Received: timeInWords(receivedAt), 'Open to': restriction ? listInWords(restriction.names.map(called)) : 'Everybody whose right it is', ...(keptFrom.length > 0 && { 'Kept from': listInWords(keptFrom.map(({ id }) => called(id))) }) };
  return {
    title,
    here: paths.restricted(),
    facts: Object.entries(facts).map(([key, text]) => ({ key: { text: key }, value: { text } })),
    queueHref: WAITING.includes(status) ? paths.queue('dols') : undefined,
  };
}

const WAITING = ['received', 'screened', 'prioritised', 'allocated'];
