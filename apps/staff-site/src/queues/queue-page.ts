import { count, pagination, timeInWords, whole } from '#libs/pages';
import { authorityItems, authorityName } from '../authorities.js';
import type { Called } from '../colleagues.js';
import { tabs } from '../menu.js';
import { paths } from '../paths.js';
import type { Names, QueueDefinition } from './definitions.js';
import type { QueuePage } from './shapes.js';

export interface QueueChoice {
  authority: string;
  page: number;
  sort?: string | undefined;
  direction?: 'asc' | 'desc' | undefined;
  filters: Record<string, string>;
}

/** The choice as the query of an address, of this site or of a service. */
export function queryOf({ authority, page, sort, direction, filters }: QueueChoice): Record<string, string> {
  return { authority, page: String(page), ...(sort && { sort, direction: direction ?? 'asc' }), ...filters };
}

/** What the page of a queue shows. */
export function queuePage<Item>(
  definition: QueueDefinition<Item>,
  choice: QueueChoice,
  found: { queue: QueuePage<Item>; names: Names; called: Called },
) {
  const { queue, names, called } = found;
  const href = (change: Partial<QueueChoice>): string => paths.queue(definition.name, queryOf({ ...choice, ...change }));
  const pages = Math.max(1, Math.ceil(queue.total / queue.pageSize));
  return {
    title: definition.title,
    here: paths.queues(),
    action: paths.queue(definition.name),
    tabs: tabs(definition.name, choice.authority),
    summary: summary(definition, queue, choice),
    nothing: queue.total > 0 && queue.items.length === 0 ? 'Nothing is on this page of the list: go back to its first.' : undefined,
    note: definition.note,
    asOf: timeInWords(queue.asOf),
    state: queue.state,
    authority: choice.authority,
    authorityItems: authorityItems(choice.authority, 'concern.list'),
    filters: definition.filters.map((filter) => ({ ...filter, items: filterItems(filter.options, choice.filters[filter.name]) })),
    views: definition.views?.map(({ text, filters, count: counted, of }) => ({ text, count: counted && queue.counts && whole(queue.counts[counted]), href: paths.queue(of ?? definition.name, { authority: choice.authority, ...filters }), current: isSame(filters, choice.filters) })),
    isFiltered: Object.keys(choice.filters).length > 0,
    clearHref: paths.queue(definition.name, { authority: choice.authority }),
    sort: choice.sort,
    direction: choice.direction,
    columns: definition.columns.map((column) => sortable(column, choice, href)),
    rows: queue.items.map((item) => definition.row(item, { asOf: queue.asOf, names, called })),
    noNames: names === undefined,
    pages: pagination(queue.page, pages, (page) => href({ page })),
  };
}

function summary<Item>(
  { noun, verb }: QueueDefinition<Item>,
  { total, oldestDays }: Pick<QueuePage<Item>, 'total' | 'oldestDays'>,
  { authority, filters }: QueueChoice,
): string {
  const where = `in ${authorityName(authority)}`;
  if (total === 0) return Object.keys(filters).length > 0 ? `Nothing waits ${where} that fits these choices.` : `Nothing waits ${where}.`;
  const waits = `${count(total, ...noun)} ${verb} ${where}`;
  return oldestDays === null ? `${waits}.` : `${waits}; the oldest has waited ${oldestDays < 1 ? 'less than a day' : `${whole(oldestDays)} ${oldestDays === 1 ? 'day' : 'days'}`}.`;
}

export const isSame = (one: Record<string, string>, other: Record<string, string>): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([name, value]) => other[name] === value);

/** The choices of a filter, the present one selected. */
export function filterItems(options: { value: string; text: string }[], chosen: string | undefined) {
  return [{ value: '', text: 'Any' }, ...options].map((option) => ({ ...option, selected: option.value === (chosen ?? '') }));
}

function sortable(
  { heading, sort }: { heading: string; sort?: string },
  choice: QueueChoice,
  href: (change: Partial<QueueChoice>) => string,
) {
  if (!sort) return { heading };
  const isSorted = choice.sort === sort;
  const direction = isSorted && choice.direction !== 'desc' ? 'desc' : 'asc';
  return {
    heading,
    href: href({ sort, direction, page: 1 }),
    ariaSort: isSorted ? `${choice.direction ?? 'asc'}ending` : 'none',
  };
}
