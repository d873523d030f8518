import { count, dayOf } from '#libs/pages';
import { paths } from '../paths.js';
import type { ConcernCase } from './shapes.js';
import { decisionInWords } from './words.js';

/** Another concern, with what became of it. */
export const linkTo = (one: ConcernCase['aboutThem'][number]) => ({
  text: `${one.reference}, ${dayOf(one.receivedAt)}: ${one.status === 'awaiting-triage' ? 'awaiting triage' : decisionInWords(one.outcome)}`,
  href: paths.concern(one.id),
});

/** What else lately came from the place of a concern; undefined where no place is named. */
export function atPlace({ atPlace: found }: ConcernCase) {
  if (!found) return undefined;
  const { items, total, months } = found;
  const since = `in the ${months} months before this one or since`;
  const summary = total === 0 ? `No other concern came from here ${since}.` : `${count(total, 'other concern')} came from here ${since}${total > items.length ? `. The latest ${items.length}` : ''}:`;
  return { summary, concerns: items.map(linkTo) };
}
