import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import type { FormError, ServiceClient } from '#libs/pages';
import { AUTHORITIES, orElsewhere, ownAuthority } from '../authorities.js';
import { Colleagues } from '../colleagues.js';
import { refusal } from '../concerns/shapes.js';
import { Enquiries } from '../enquiries/enquiries.js';
import { Names } from '../names.js';
import { Services } from '../outside.js';
import { paths } from '../paths.js';
import { dolsDefinition, enquiriesDefinition, feedbackDefinition, type QueueDefinition, secondDefinition, sentOnDefinition, triageDefinition, unsentDefinition } from './definitions.js';
import { ownViews, OwnViews, type ViewChange } from './own-views.js';
import { type QueueChoice, queryOf, queuePage } from './queue-page.js';
import { dolsQueue, type EnquiryItem, enquiryQueue, feedbackQueue, type QueueCounts, type QueuePage, queueState, secondLookQueue, sentOnQueue, type TriageItem, triageQueue, unsentQueue } from './shapes.js';

/** No service counts further. */
const LAST_PAGE = 100_000;

const withViews = { triage: triageDefinition, enquiries: enquiriesDefinition, dols: dolsDefinition };
const told = z.object({ done: z.string().catch('') });

export type Shown = ReturnType<typeof queuePage> & { own: ReturnType<typeof ownViews> };

/** The queues as their services have them, with the names for a page. */
@Injectable()
export class Queues {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
    private readonly colleagues: Colleagues,
    private readonly enquiries: Enquiries,
    private readonly ownViews: OwnViews,
  ) {}

  async page(name: string, query: unknown): Promise<Shown> {
    const { triage, section42, dols } = this.services;
    if (name === 'feedback') return (await this.shown(feedbackDefinition, query, { service: triage, path: '/feedback-owed', shape: feedbackQueue })).page;
    if (name === 'unsent') return (await this.shown(unsentDefinition, query, { service: triage, path: '/unsent', shape: unsentQueue })).page;
    if (name === 'sent-on') return (await this.shown(sentOnDefinition, query, { service: triage, path: '/routes-awaited', shape: sentOnQueue })).page;
    if (name === 'second') return (await this.shown(secondDefinition, query, { service: triage, path: '/second-looks', shape: secondLookQueue })).page;
    if (name === 'enquiries') return (await this.shown(enquiriesDefinition, query, { service: section42, path: '/queue', shape: enquiryQueue, people: (items) => this.aboutWhom(items) })).page;
    if (name === 'dols') return (await this.shown(dolsDefinition, query, { service: dols, path: '/queue', shape: dolsQueue })).page;
    throw new NotFoundException();
  }

  /** The concerns that wait, with what they are as well as how they are shown. An open page has its views already. */
  triage(query: unknown, { isOpen = false } = {}): Promise<{ page: Shown; items: TriageItem[]; choice: QueueChoice; counts?: QueueCounts | undefined }> {
    return this.shown(triageDefinition, query, { service: this.services.triage, path: '/queue', shape: triageQueue, isOpen });
  }

  /** Saves what is chosen of a queue as a view, or forgets that: where to go on, or what is against it. */
  async changeViews(change: ViewChange, query: unknown, key: string): Promise<{ to: string } | ViewRefused> {
    const choice = chosen(withViews[change.name], query);
    const { status, body } = await this.ownViews.change(change, choice, key);
    if (status < 300) return { to: paths.queue(change.name, { ...queryOf(choice), done: change.act }) };
    return { errorTitle: `The view was not ${change.act === 'save' ? 'saved' : 'forgotten'}`, errors: [{ text: refusal.parse(body ?? {}).detail, href: '#own-view' }], status };
  }

  /** Whether the queue of concerns is still as a page has it. */
  async isStill(state: string, query: unknown): Promise<boolean> {
    const now = await this.services.triage.get('/queue/state', queryOf(this.triageChoice(query)), queueState);
    return now.state === state;
  }

  /** What was asked for of the queue of concerns. */
  triageChoice = (query: unknown): QueueChoice => chosen(triageDefinition, query);

  /** One page of a queue with its names. */
  private async shown<Item extends Waiting>(definition: QueueDefinition<Item>, query: unknown, { service, path, shape, people, isOpen }: Source<Item>) {
    const choice = chosen(definition, query);
    const hasOwn = definition.filters.length > 0 && !isOpen;
    const [queue, saved] = await Promise.all([service.get(path, queryOf(choice), shape).catch(orElsewhere(choice.authority)), hasOwn ? this.ownViews.all() : undefined]);
    const items = people ? await people(queue.items) : queue.items;
    const [names, called] = await Promise.all([items && this.names.of(items.map(({ personId }) => personId), `queue: ${definition.title}`), this.colleagues.called()]);
    const shown = { ...queue, items: items ?? queue.items };
    const own = ownViews(definition, choice, { saved, done: told.parse(query).done });
    return { page: { ...queuePage(definition, choice, { queue: shown, names, called }), own }, items: shown.items, choice, counts: queue.counts };
  }

  /** Enquiries with whom they are about: that stands in the concerns that led to them. */
  private async aboutWhom(items: EnquiryItem[]): Promise<EnquiryItem[] | undefined> {
    const people = await this.enquiries.people(items.map(({ concernId }) => concernId));
    return people && items.map((item) => ({ ...item, personId: null, ...people.get(item.concernId) }));
  }
}

export interface ViewRefused {
  errorTitle: string;
  errors: FormError[];
  status: number;
}

interface Waiting {
  waitingDays: number;
  personId?: string | null | undefined;
}

interface Source<Item> {
  service: ServiceClient;
  path: string;
  shape: z.ZodType<QueuePage<Item>>;
  /** The items with whom they are about, where their service does not know; undefined where nobody can say just now. */
  people?: (items: Item[]) => Promise<Item[] | undefined>;
  isOpen?: boolean;
}

/** What was asked for, as far as this queue knows it; anything else is left aside. */
function chosen(definition: Pick<QueueDefinition<never>, 'filters' | 'columns'>, query: unknown): QueueChoice {
  const sorts = definition.columns.flatMap(({ sort }) => sort ?? []);
  const asked = z
    .object({
      authority: z.enum(AUTHORITIES.map(({ code }) => code)).catch(ownAuthority()),
      page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
      sort: z.enum(sorts).optional().catch(undefined),
      direction: z.enum(['asc', 'desc']).optional().catch(undefined),
    })
    .parse(query);
  const given = z.record(z.string(), z.unknown()).parse(query);
  const filters = definition.filters
    .filter(({ name, options }) => options.some(({ value }) => value === given[name]))
    .map(({ name }) => [name, String(given[name])]);
  return { ...asked, filters: Object.fromEntries(filters) };
}
