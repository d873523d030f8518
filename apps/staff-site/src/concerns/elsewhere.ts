import { count, listInWords } from '#libs/pages';
import { paths } from '../paths.js';
import { linkTo } from './at-place.js';
import type { ConcernCase, PersonSeen } from './shapes.js';

/** What else there is of the same person: concerns of the last twelve months by what became of them, older ones that were raised here by number. Of requests that an import brought nobody tells here. */
export function elsewhere({ id, aboutThem, aboutThemInAll }: ConcernCase, person: PersonSeen | undefined | 'away', ofAlike: string | undefined) {
  const lately = aboutThem.map(linkTo);
  if (person === 'away' || !person) return { summary: undefined, ofAlike: undefined, concerns: lately };
  const others = person.records.filter(({ recordId }) => recordId !== id);
  const concerns = others.filter(({ recordKind }) => recordKind === 'concern');
  const requests = others.length - concerns.length;
  const inAll = Math.max(aboutThemInAll, lately.length, concerns.length);
  const older = concerns.filter(({ recordId }) => !aboutThem.some((one) => one.id === recordId));
  return {
    summary: inAll + requests === 0 ? noOther(ofAlike) : `Also of this person: ${listInWords([inAll > 0 && count(inAll, 'concern'), requests > 0 && count(requests, 'DoLS request')].filter((one) => one !== false))}.`,
    ofAlike,
    concerns: [...lately, ...older.map(({ recordId }, at) => ({ text: `Older concern ${at + 1}`, href: paths.concern(recordId) }))],
  };
}

/** What there is of whoever is likely the same person; undefined `number`: nobody can say just now. */
export const othersOf = (number: number | undefined): string =>
  number === undefined
    ? 'Concerns of whoever is likely the same person are not counted here until somebody finds whether they are one.'
    : number === 0
      ? 'Of whoever is likely the same person no concern is known here either.'
      : `${count(number, 'concern')} of somebody who is likely the same person ${number === 1 ? 'is' : 'are'} not counted here until somebody finds whether they are one.`;

/** Whoever is likely the same person may have some: those count once it is said that they are one. */
const noOther = (ofAlike: string | undefined): string => (ofAlike ? 'Nothing else is recorded under this name alone.' : 'No other concern of this person is known in this council.');

/** Whether somebody worried about the same person in the twelve months before. */
export function repeated({ aboutThem, receivedAt }: ConcernCase): string | undefined {
  const before = aboutThem.filter((one) => one.receivedAt < receivedAt).length;
  return before === 0 ? undefined : `Raised again: ${count(before, 'concern')} about the same person came in during the 12 months before.`;
}
