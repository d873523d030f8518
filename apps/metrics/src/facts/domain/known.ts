import type { Instant } from '#libs/calendar';

/** What was held true from the moment it was learnt until something else was. Times of knowledge, not of happening. */
export interface Known {
  readonly known_from: Instant;
  /** Null: held true now. */
  readonly known_until: Instant | null;
}

interface Dated {
  readonly sequence: number;
  readonly recordedAt: Instant;
}

/**
 * Everything a record was ever held to be: for each moment at which something was learnt, the facts that follow from what was
 * known by then. The same for any order and repetition of the same events.
 */
export function everythingKnown<Event extends Dated, Fact extends object>(events: readonly Event[], factsOf: (known: Event[]) => Fact[]): (Fact & Known)[] {
  const ordered = inOrder(events);
  const moments = [...new Set(ordered.map((event) => event.recordedAt))].toSorted();
  const versions = moments.map((from, at) => ({ from, facts: factsOf(at === moments.length - 1 ? ordered : ordered.filter((event) => event.recordedAt <= from)) }));
  const changes = versions.length < 2 ? versions : changesOf(versions);
  return changes.flatMap(({ from, facts }, at) =>
    facts.map((fact) => ({ ...fact, known_from: from, known_until: changes[at + 1]?.from ?? null })),
  );
}

/** The versions that say something else than the one before. */
function changesOf<Version extends { facts: object[] }>(versions: readonly Version[]): Version[] {
  const texts = versions.map(({ facts }) => JSON.stringify(facts));
  return versions.filter((_, at) => texts[at] !== texts[at - 1]);
}

function inOrder<Event extends Dated>(events: readonly Event[]): Event[] {
  if (isInOrder(events)) return [...events];
  const bySequence = new Map(events.map((event) => [event.sequence, event]));
  return [...bySequence.values()].toSorted((one, other) => one.sequence - other.sequence);
}

const isInOrder = (events: readonly Dated[]): boolean => events.every(({ sequence }, at) => at === 0 || (events[at - 1]?.sequence ?? 0) < sequence);

type Given<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** The fields that were given, so that what a correction leaves out stays as it was. */
export function given<Fields extends object>(fields: Fields): Given<Fields>;
export function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Whom a record is about, where that is known. */
export function subject(told: { personId?: string | null | undefined; ageBand?: string | null | undefined }) {
  return { personId: told.personId ?? null, ageBand: told.ageBand ?? null };
}
