import { listInWords, timeInWords } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { paths } from '../paths.js';
import { type BrokenGlass, kindsTo, type RestrictedToMe } from './restricted.js';

/** Where one is looked at; undefined for a DoLS request, which has no page of its own. */
const hrefOf = ({ called }: RestrictedToMe[number]['kind'], id: string): string | undefined => (called === 'concern' ? paths.concern(id) : undefined);

/** A restricted record in a line, for whoever is named. */
export const lineOf = (called: Called) => ({ kind, id, reference, since, until, isNew, glass }: RestrictedToMe[number]) => ({
  text: reference,
  noun: kind.noun,
  href: hrefOf(kind, id),
  queueHref: paths.queue('dols'),
  since: timeInWords(since),
  until: until ? timeInWords(until) : undefined,
  isNew,
  glass: glass.length === 0 ? '' : listInWords(glass.map(({ by, at }) => `${called(by)} on ${timeInWords(at)}`)),
});

/** Which records are restricted to whoever is signed in, and who opened one without being named. */
export function restrictedPage(mine: RestrictedToMe, broken: BrokenGlass | undefined, called: Called) {
  return {
    title: 'Restricted records',
    here: paths.restricted(),
    kinds: kindsTo('read').map(({ noun }) => `${noun}s`).join(' and '),
    mine: mine.map(lineOf(called)),
    breakHref: kindsTo('break').length > 0 ? paths.signInAgain(paths.breakGlass()) : undefined,
    broken: broken?.map(({ kind, by, at, until, id, reference }) => ({ who: called(by), noun: kind.noun, when: timeInWords(at), until: timeInWords(until), record: id && { text: reference, href: hrefOf(kind, id) } })),
  };
}
