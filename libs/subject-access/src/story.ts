import type { DomainEvent, Stored } from '#libs/journal';
import type { Entry } from './entry.js';
import { type Flags, flagOf } from './flags.js';
import { fieldInWords, type Leaf, leavesOf } from './leaves.js';

/** A kind of record, and what its fields say of others. */
export interface Telling {
  service: string;
  record: string;
  flags: Flags;
  /** What some words hold that are a form: its fields, in the place of the whole. */
  opened?(event: string, path: readonly string[], words: string): unknown;
}

/** A record with all that happened to it. */
export interface Told {
  recordId: string;
  reference: string;
  story: readonly Stored[];
}

interface Place {
  head: Pick<Entry, 'service' | 'record' | 'recordId' | 'reference' | 'when'>;
  event: string;
  leaf: Leaf;
}

/** The ids of the words that stories refer to. */
export const textsOf = (told: readonly Told[]): string[] => told.flatMap(({ story }) => story.flatMap(({ event }) => saidIn(event)).flatMap(({ textId }) => textId ?? []));

/** Everything that stories say, as entries. `words`: by their ids; those that were disposed of are said to be gone. */
export function entriesOf(telling: Telling, told: readonly Told[], words: ReadonlyMap<string, string>): Entry[] {
  return told.flatMap(({ recordId, reference, story }) =>
    story.flatMap(({ event, actor }) => {
      const head = { service: telling.service, record: telling.record, recordId, reference, when: event.at };
      return allSaidIn(event, actor).flatMap((leaf) => entriesIn(telling, { head, event: event.type, leaf }, words));
    }),
  );
}

function entriesIn(telling: Telling, { head, event, leaf }: Place, words: ReadonlyMap<string, string>): Entry[] {
  const { path, textId } = leaf;
  const said = textId === null ? leaf.said : words.get(textId);
  const form = textId !== null && said !== undefined ? telling.opened?.(event, path, said) : undefined;
  const parts = form === undefined ? [{ path, said: said ?? 'These words were disposed of.' }] : leavesOf(form, path);
  return parts.map((part) => ({
    ...head,
    what: fieldInWords(event, part.path),
    words: part.said,
    thirdParty: said === undefined ? null : flagOf(telling.flags, { event, path: part.path, isWords: textId !== null }),
  }));
}

const saidIn = ({ type: _type, at: _at, ...said }: DomainEvent): Leaf[] => leavesOf(said);

/** With who did it, where the event does not say so itself; of one that says nothing more, that it happened. */
function allSaidIn(event: DomainEvent, actor: string | null): Leaf[] {
  const said = saidIn(event);
  const isNamed = said.some(({ path }) => path.at(-1) === 'by' || path.at(-1) === 'decidedBy');
  const all = actor === null || isNamed ? said : [...said, { path: ['by'], said: actor, textId: null }];
  return all.length > 0 ? all : [{ path: [], said: 'It happened; nothing more is kept of it.', textId: null }];
}
