import { z } from 'zod';
import { count, type FormError, messagesByField, visitor } from '#libs/pages';
import type { Called, Colleague } from '../colleagues.js';
import { read, several, text } from '../concerns/acts/act.js';
import { refusal } from '../concerns/shapes.js';
import { may, mayOneOf } from '../may.js';
import { changesInWords } from '../concerns/timeline.js';
import type { TriageItem } from './shapes.js';

/** No id begins so. */
const nobody = '-';
const shape = z.object({ concern: several, to: text });

/** A concern that was ticked, as it was seen. */
export interface Ticked {
  id: string;
  seen: number;
  reference: string;
}

/** What was sent of the form by which several concerns are given. */
export interface Typed {
  ticked: Ticked[];
  to: string;
}

/** What triage answers of several concerns that were given. */
export const givenShape = z.object({ items: z.array(z.looseObject({ id: z.string(), taken: z.boolean() })) });
type Items = z.infer<typeof givenShape>['items'];

const tick = /^([\da-f-]{36})\.(\d{1,9})\.([^]{0,100})$/;

export function typedIn(body: unknown): Typed {
  const { concern, to } = read(shape, body);
  return { to, ticked: concern.flatMap((value) => tickedIn(value) ?? []) };
}

function tickedIn(value: string): Ticked | undefined {
  const [, id, seen, reference] = tick.exec(value) ?? [];
  return id && seen && reference !== undefined ? { id, seen: Number(seen), reference } : undefined;
}

/** What is missing before anything is sent. */
export const missingIn = ({ ticked, to }: Typed): FormError[] => [
  ...(ticked.length === 0 ? [{ text: 'Tick the concerns that somebody is to have', href: '#concerns' }] : []),
  ...(to === '' ? [{ text: 'Say who is to have them', href: '#to' }] : []),
];

export const payloadOf = ({ ticked, to }: Typed): object => ({ to: to === nobody ? null : to, concerns: ticked.map(({ id, seen }) => ({ id, seen })) });

/** Which were not given, and why; one that waits no longer has no place on the page. */
export function refusedIn({ ticked }: Typed, items: Items, { called, shown }: { called: Called; shown: ReadonlySet<string> }): FormError[] {
  return items
    .filter(({ taken }) => !taken)
    .map((item) => {
      const { detail, changes } = refusal.parse(item);
      const why = changes ? `somebody changed it meanwhile (${changesInWords(changes, called).join('; ')}). Tick it again if it still holds` : detail;
      const reference = ticked.find(({ id }) => id === item.id)?.reference ?? item.id;
      return { text: `${reference} was not given: ${why}`, href: shown.has(item.id) ? `#${tickId(item.id)}` : '#concerns' };
    });
}

/** What happened, as one sentence. */
export function givenInWords(number: number, to: string, called: Called): string {
  if (to === nobody) return `${count(number, 'concern is', 'concerns are')} back in the queue: nobody has ${number === 1 ? 'it' : 'them'}.`;
  return to === visitor()?.id ? `You have ${moreInWords(number)}.` : `${called(to)} has ${moreInWords(number)}.`;
}

/** The form by which several concerns of a page are given; nothing for whoever may not. */
export function givingForm(items: readonly TriageItem[], colleagues: readonly Colleague[], { action, typed, errors, key, csrf }: { action: string; typed: Typed; errors: FormError[]; key: string; csrf: string }) {
  const me = visitor();
  if (items.length === 0 || !me || !may('concern.assign')) return undefined;
  const others = colleagues.filter(({ id, roles, isActive }) => isActive && id !== me.id && mayOneOf(roles, 'concern.triage'));
  const names = [{ value: '', text: 'Choose' }, { value: me.id, text: 'You' }, ...others.map(({ id, name }) => ({ value: id, text: name })), { value: nobody, text: 'Nobody: back to the queue' }];
  const before = new Set(typed.ticked.map(({ id }) => id));
  return {
    action,
    key,
    csrf,
    messages: messagesByField(errors),
    names: names.map((name) => ({ ...name, selected: name.value === typed.to })),
    ticks: items.map(({ id, sequence, reference }) => ({ id: tickId(id), value: `${id}.${sequence}.${reference}`, label: `Tick ${reference}`, checked: before.has(id) })),
  };
}

const tickId = (id: string): string => `tick-${id}`;

const moreInWords = (number: number): string => count(number, 'more concern');
