import { count, listInWords } from '#libs/pages';
import { paths } from '../paths.js';
import { linkTo } from './at-place.js';
import type { ConcernCase, PersonSeen } from './shapes.js';

/** What else there is of the same person: concerns of the last twelve months by what became of them, older ones that were raised here by number. Of requests that an import brought nobody tells here. */
export function elsewhere({ id, aboutThem, aboutThemInAll }: ConcernCase, person: PersonSeen | undefined | 'away', hasAlike: boolean) {
  const lately = aboutThem.map(linkTo);
  if (person === 'away' || !person) return { summary: undefined, ofAlike: undefined, concerns: lately };
  const others = person.records.filter(({ recordId }) => recordId !== id);
  const concerns = others.filter(({ recordKind }) => recordKind === 'concern');
  const requests = others.length - concerns.length;
  const inAll = Math.max(aboutThemInAll, lately.length, concerns.length);
  const older = concerns.filter(({ recordId }) => !aboutThem.some((one) => one.id === recordId));
  return {
    summary: inAll + requests === 0 ? noOther(hasAlike) : `Also of this person: ${listInWords([inAll > 0 && count(inAll, 'concern'), requests > 0 && count(requests, 'DoLS request')].filter((one) => one !== false))}.`,
    ofAlike: hasAlike ? OF_ALIKE : undefined,
    concerns: [...lately, ...older.map(({ recordId }, at) => ({ text: `Older concern ${at + 1}`, href: paths.concern(recordId) }))],
  };
}

/** Nobody counts them here: to count is to read, and a reading of each would be recorded that nobody made. */
const OF_ALIKE = 'Concerns of whoever is likely the same person are not counted here until somebody finds whether they are one.';

/** Whoever is likely the same person may have some: those count once it is said that they are one. */
const noOther = (hasAlike: boolean): string => (hasAlike ? 'Nothing else is recorded under this name alone.' : 'No other concern of this person is known in this council.');

/** Whether somebody worried about the same person in the twelve months before. */
export function repeated({ aboutThem, receivedAt }: ConcernCase): string | undefined {
  const before = aboutThem.filter((one) => one.receivedAt < receivedAt).length;
  return before === 0 ? undefined : `Raised again: ${count(before, 'concern')} about the same person came in during the 12 months before.`;
}
