import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, NotAllowed, ServiceUnavailable } from '#libs/pages';
import { authorityName, ownAuthority } from '../authorities.js';
import { may } from '../may.js';
import { Services } from '../outside.js';
import { paths } from '../paths.js';
import type { QueueDefinition } from './definitions.js';
import { isSame, type QueueChoice, queryOf } from './queue-page.js';

/** The queues of which somebody can keep views, and what they do with one. */
export const viewChange = z.object({ name: z.enum(['triage', 'enquiries', 'dols']), act: z.enum(['save', 'forget']) });
export type ViewChange = z.infer<typeof viewChange>;

const views = z.object({ items: z.array(z.object({ queue: z.string(), filters: z.record(z.string(), z.string()) })) });
export type SavedView = z.infer<typeof views>['items'][number];

/** The views that whoever is signed in saved for themselves, as the directory keeps them. */
@Injectable()
export class OwnViews {
  constructor(private readonly services: Services) {}

  /** Undefined where nobody can say just now, since a queue without them is better than none; and for whoever keeps none. */
  async all(): Promise<SavedView[] | undefined> {
    if (!may('staff_member.keep_views')) return undefined;
    try {
      return (await this.services.directory.get('/staff/own/views', {}, views)).items;
    } catch (error) {
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
      throw error;
    }
  }

  change({ name, act }: ViewChange, choice: QueueChoice, key: string): Promise<Answer> {
    return this.services.directory.post(`/staff/own/views${act === 'forget' ? '/forget' : ''}`, { queue: name, filters: keptOf(choice) }, { 'idempotency-key': key });
  }
}

type Definition = Pick<QueueDefinition<never>, 'name' | 'filters' | 'views'>;

/** Somebody's own views of a queue as links, what they can do with what they look at now, and what they just did. */
export function ownViews(definition: Definition, choice: QueueChoice, { saved, done }: { saved: readonly SavedView[] | undefined; done: string }) {
  if (!saved) return undefined;
  const chosen = keptOf(choice);
  const shown = saved.flatMap(({ queue, filters }) => {
    const text = queue === definition.name ? inWords(definition, filters) : undefined;
    return text ? [{ text, href: paths.queue(definition.name, { authority: ownAuthority(), ...filters }), current: isSame(filters, chosen) }] : [];
  });
  const act = actOn(definition, choice, shown.some(({ current }) => current));
  return { views: shown, change: act && { ...changes[act], action: paths.queueViews(definition.name, act, queryOf(choice)) }, done: doneInWords(done, act) };
}

const changes = { save: { text: 'Save this view' }, forget: { text: 'Forget this view' } };

/** There is nothing to save where nothing is chosen, or a view that everybody has. */
function actOn({ views: everybodys = [] }: Definition, { filters }: QueueChoice, isOwn: boolean): ViewChange['act'] | undefined {
  if (isOwn) return 'forget';
  const isEverybodys = everybodys.some((one) => !one.of && isSame(one.filters, filters));
  return isEverybodys || Object.keys(filters).length === 0 ? undefined : 'save';
}

/** What was done, as long as it is so: an address that was kept says nothing else. */
function doneInWords(done: string, act: ViewChange['act'] | undefined): string | undefined {
  if (done === 'save' && act === 'forget') return 'The view is saved. You find it under “Your views”, wherever you sign in.';
  return done === 'forget' && act !== 'forget' ? 'The view is forgotten.' : undefined;
}

/** What a view keeps of a choice: the council only where it is another than one's own. */
const keptOf = ({ authority, filters }: QueueChoice): Record<string, string> => ({ ...filters, ...(authority !== ownAuthority() && { authority }) });

/** A view is called by what is chosen in it; undefined where the queue does not know all of that any more. */
function inWords({ filters }: Definition, { authority, ...chosen }: Record<string, string>): string | undefined {
  const words = Object.entries(chosen).map(([name, value]) => {
    const filter = filters.find((one) => one.name === name);
    const option = filter?.options.find((one) => one.value === value);
    return option && `${filter!.label}: ${option.text}`;
  });
  if (words.length === 0 || words.includes(undefined)) return undefined;
  return [...words, ...(authority ? [authorityName(authority)] : [])].join(', ');
}
