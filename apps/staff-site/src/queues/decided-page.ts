import { type Pagination, timeInWords } from '#libs/pages';
import { authorityItems, authorityName } from '../authorities.js';
import type { Called, Colleague } from '../colleagues.js';
import { decisionInWords, feedbackInWords, outcomeInWords, outcomes } from '../concerns/words.js';
import { mayOneOf } from '../may.js';
import { tabs } from '../menu.js';
import { paths } from '../paths.js';
import { referrerInWords } from '../words.js';
import { concern, dangerSince, type Names, type QueueCell, wroteMore } from './definitions.js';
import { filterItems } from './queue-page.js';
import type { DecidedItem, DecidedList } from './shapes.js';

/** What was asked for: which decisions, and from where in the list. */
export interface DecidedChoice {
  authority: string;
  filters: Record<string, string>;
  /** Empty at the newest. */
  after: Record<string, string>;
}

/** What the list can be narrowed to. */
export function decidedFilters(colleagues: readonly Colleague[]) {
  const deciders = colleagues.filter(({ roles }) => mayOneOf(roles, 'concern.triage'));
  return [
    { name: 'outcome', label: 'Outcome', options: Object.keys(outcomes).map((value) => ({ value, text: outcomeInWords(value) })) },
    { name: 'moreCame', label: 'Since then', options: [{ value: 'yes', text: 'Whoever raised it wrote more' }] },
    { name: 'dangerTold', label: 'Danger', options: [{ value: 'yes', text: 'Told since, nobody has looked' }] },
    { name: 'decidedBy', label: 'Decided by', options: deciders.map(({ id, name }) => ({ value: id, text: name })) },
  ];
}

/** The decided concerns as a page: the newest first, and on from there, without a number, since nobody counts them. */
export function decidedPage(choice: DecidedChoice, { list, names, called, colleagues }: { list: DecidedList; names: Names; called: Called; colleagues: readonly Colleague[] }) {
  const { authority, filters, after } = choice;
  const href = (place: Record<string, string>): string => paths.queue('decided', { authority, ...filters, ...place });
  const pages: Omit<Pagination, 'items'> = { ...(Object.keys(after).length > 0 && { previous: { href: href({}), text: 'The newest' } }), ...(list.next && { next: { href: href(list.next), text: 'Older decisions' } }) };
  const isFiltered = Object.keys(filters).length > 0;
  return {
    title: 'Decided concerns',
    here: paths.queues(),
    action: paths.queue('decided'),
    tabs: tabs('decided', authority),
    summary: filters['dangerTold'] ? `What was decided in ${authorityName(authority)}, and danger told since: who has waited longest for somebody to look comes first.` : `What was decided in ${authorityName(authority)}, the newest decision first.`,
    asOf: timeInWords(list.asOf),
    authority,
    authorityItems: authorityItems(authority, 'concern.list'),
    filters: decidedFilters(colleagues).map((filter) => ({ ...filter, items: filterItems(filter.options, filters[filter.name]) })),
    isFiltered,
    clearHref: paths.queue('decided', { authority }),
    columns: ['Concern', 'Decided', 'Outcome', 'Decided by', 'Raised by', 'Were they told'].map((heading) => ({ heading })),
    rows: list.items.map((item) => row(item, names, called)),
    noNames: names === undefined,
    nothing: isFiltered || Object.keys(after).length > 0 ? 'Nothing is decided that fits these choices.' : 'Nothing is decided yet.',
    pages,
  };
}

const row = (item: DecidedItem, names: Names, called: Called): QueueCell[] => [
  concern(item, names),
  { text: timeInWords(item.decidedAt) },
  { text: decisionInWords(item.outcome) },
  { text: item.decidedBy ? called(item.decidedBy) : 'In another system' },
  { text: referrerInWords(item.referrerType), ...(item.dangerToldAt && { clock: dangerSince(item.dangerToldAt) }), ...(item.moreCameAt && { sub: `${wroteMore(item)!}${item.inDanger && !item.dangerToldAt ? '; recorded as in danger' : ''}` }) },
  { text: feedbackInWords[item.feedback] },
];
