import { listInWords, timeInWords } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { may } from '../may.js';
import { paths } from '../paths.js';
import type { BrokenGlass, RestrictedToMe } from './restricted.js';

/** A restricted concern in a line, for whoever is named. */
export const lineOf = (called: Called) => ({ id, reference, since, isNew, glass }: RestrictedToMe[number]) => ({
  text: reference,
  href: paths.concern(id),
  since: timeInWords(since),
  isNew,
  glass: glass.length === 0 ? '' : listInWords(glass.map(({ by, at }) => `${called(by)} on ${timeInWords(at)}`)),
});

/** Which concerns are restricted to whoever is signed in, and who opened one without being named. */
export function restrictedPage(mine: RestrictedToMe, broken: BrokenGlass | undefined, called: Called) {
  return {
    title: 'Restricted concerns',
    here: paths.restricted(),
    isNamed: may('concern.read_case'),
    mine: mine.map(lineOf(called)),
    breakHref: may('concern.break_glass') ? paths.signInAgain(paths.breakGlass()) : undefined,
    broken: broken?.map(({ by, at, until, id, reference }) => ({ who: called(by), when: timeInWords(at), until: timeInWords(until), concern: id && { text: reference, href: paths.concern(id) } })),
  };
}
