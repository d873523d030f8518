import type { DomainEvent, Published } from './event.js';
import type { Slice, Standing } from './slice.js';

// A list of kinds has as many types of states and commands as it has kinds; none of them leaves this file.
// oxlint-disable-next-line typescript/no-explicit-any
type AnySlice = Slice<any, any, any>;

/** A record of one of several kinds, with where it stands by the rules of its own. */
export interface OfKind {
  kind: AnySlice;
  state: unknown;
}

/**
 * Several kinds of record that share one journal, as one: for publishing, verifying and rebuilding, which go over every
 * record. Each kind says by which event its stories begin; each publishes nothing for the events of another.
 */
export function together(kinds: readonly AnySlice[]): Slice<OfKind | undefined, never, DomainEvent> {
  const byBeginning = new Map(kinds.map((kind) => [kind.begins, kind]));
  const begunBy = ({ type }: DomainEvent): AnySlice => {
    const kind = byBeginning.get(type);
    if (!kind) throw new Error(`no kind of record begins with ${type}`);
    return kind;
  };
  return {
    decider: {
      initialState: undefined,
      decide() {
        throw new Error('a command is for one kind of record');
      },
      evolve(before, event) {
        const kind = before?.kind ?? begunBy(event);
        const state: unknown = before ? before.state : kind.decider.initialState;
        return { kind, state: kind.decider.evolve(state, kind.upcast?.(event) ?? event) };
      },
    },
    publish: (event) => kinds.flatMap((kind) => kind.publish(event)),
    async project(tx, standings) {
      for (const kind of kinds) {
        const own = standings.flatMap(({ state, ...rest }): Standing<unknown>[] => (state?.kind === kind ? [{ ...rest, state: state.state }] : []));
        if (own.length > 0) await kind.project(tx, own);
      }
    },
  };
}

/** What each type of event of one kind is published as. */
export type Telling<Event extends DomainEvent> = { [Type in Event['type']]: (event: Extract<Event, { type: Type }>) => Published[] };

/** Publishes the events of one kind, and nothing for those of the kinds that it shares its journal with. */
export function publishing<Event extends DomainEvent>(telling: Telling<Event>): (event: DomainEvent) => Published[] {
  const byType = new Map<string, (event: never) => Published[]>(Object.entries(telling));
  return (event) => byType.get(event.type)?.(event as never) ?? [];
}
