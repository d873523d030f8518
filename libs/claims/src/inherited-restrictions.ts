import { z } from 'zod';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { NotYet } from '#libs/messaging';
import { type About, type Inherited, inheritedOf, onceMore, type OnePerson, OPEN, type Openness, opennessAbout, patientlyAsked, type Peer, type RestrictedTable, underEveryId } from '#libs/platform';
import { KEPT_FOR_THE_PERSON, type KeptForPerson } from '#libs/restriction';

const kept = z.array(z.object({ id: z.string().min(1), why: z.enum(KEPT_FOR_THE_PERSON) }));
/** One that is older than what is kept says nothing of it, nor that a record is restricted of whose names nobody is left. */
const reply = z.object({ names: z.array(z.array(z.string().min(1))), restricted: z.array(z.boolean()).optional(), kept: z.array(kept).optional() });

/** As many as a service answers at once. */
export const MOST_ASKED = 1_000;
/** A transaction waits for the answer, so nobody may take long over it. */
const timeoutMs = 2_000;
/** An import may. */
const patientMs = 30_000;

/** What a record that is brought here from another system is told besides. */
export interface ImportedWith {
  restricted?: { at: Instant; names: readonly string[] };
  kept?: { at: Instant; keptFrom: readonly KeptForPerson[] };
}

const keyOf = ({ personId, authority }: Pick<About, 'personId' | 'authority'>): string => `${authority} ${personId}`;

/** Who is named in restricted records of another service, and from whom any are kept, by whom those are about. */
export class NamedElsewhere {
  constructor(private readonly openness: ReadonlyMap<string, Openness>) {}

  of(one: Pick<About, 'personId' | 'authority'>): Openness {
    return this.openness.get(keyOf(one)) ?? OPEN;
  }
}

/** What a record inherits: whom restricted records about the same person are open to, and from whom any are kept for that person's sake, of this service and of the one that holds the other kind (ADR 18). */
export class InheritedRestrictions {
  constructor(
    private readonly kind: RestrictedTable,
    /** Who holds the other kind; undefined where nobody runs it. */
    private readonly elsewhere: Peer | undefined,
  ) {}

  /** What is said here of records about each of these. */
  here(tx: Tx, some: readonly OnePerson[]): Promise<Openness[]> {
    return opennessAbout(tx, some, this.kind);
  }

  /**
   * What records have to be told besides whom they are about. The other service is asked within the transaction that learns
   * it, before that locks anything, and does not wait long (ADR 6); while it cannot answer, it is not known whom a record is
   * open to, and so the record does not learn whom it is about either.
   */
  async besides(tx: Tx, about: readonly About[]): Promise<ReadonlyMap<string, Inherited>> {
    const there = this.elsewhere && about.length > 0 ? await this.askedSoon(this.elsewhere, await underEveryId(tx, about)) : [];
    return inheritedOf(tx, about.map((one, at) => ({ ...one, elsewhere: there[at] ?? OPEN })), this.kind);
  }

  /** What is said elsewhere of records about these people; for an import, outside any transaction and with patience. */
  async gather(some: readonly Pick<About, 'personId' | 'authority'>[]): Promise<NamedElsewhere> {
    const { elsewhere } = this;
    const once = [...new Map(some.map((one) => [keyOf(one), one])).values()];
    const found = elsewhere ? await inParts(once, async (part) => opennessIn(await patientlyAsked(() => this.ask(elsewhere, part.map(({ personId, authority }) => ({ people: [personId], authority })), patientMs)))) : [];
    return new NamedElsewhere(new Map(once.map((one, at) => [keyOf(one), found[at] ?? OPEN])));
  }

  /** What each of these inherits from the beginning, of those that are brought here by an import. */
  async imported(tx: Tx, { at, about }: { at: Instant; about: readonly About[] }): Promise<Map<string, ImportedWith>> {
    const found = await inheritedOf(tx, about, this.kind);
    return new Map([...found].map(([id, { restrictedTo: names, keptFrom }]) => [id, { ...(names && { restricted: { at, names } }), ...(keptFrom && { kept: { at, keptFrom } }) }]));
  }

  private async askedSoon(elsewhere: Peer, some: readonly OnePerson[]): Promise<Openness[]> {
    try {
      return await inParts(some, async (part) => opennessIn(await onceMore(() => this.ask(elsewhere, part, timeoutMs))));
    } catch (error) {
      throw new NotYet('the service that holds other records about the same people cannot say just now whom they are open to', { cause: error, isForAll: true });
    }
  }

  private async ask({ url, signing }: Peer, about: readonly OnePerson[], withinMs: number): Promise<Response> {
    const headers = { 'content-type': 'application/json', ...(await signing()) };
    return fetch(`${url}/internal/restricted-people`, { method: 'POST', redirect: 'error', headers, body: JSON.stringify({ about }), signal: AbortSignal.timeout(withinMs) });
  }
}

async function inParts<One, Answer>(some: readonly One[], answer: (part: readonly One[]) => Promise<Answer[]>): Promise<Answer[]> {
  const all: Answer[] = [];
  for (let at = 0; at < some.length; at += MOST_ASKED) all.push(...(await answer(some.slice(at, at + MOST_ASKED))));
  return all;
}

async function opennessIn(answer: Response): Promise<Openness[]> {
  if (!answer.ok) throw new Error(`it was answered ${answer.status} when it was asked whom other records about the same people are open to`);
  const said = reply.parse(await answer.json());
  return said.names.map((names, at) => ({ isRestricted: said.restricted?.[at] ?? names.length > 0, names, kept: said.kept?.[at] ?? [] }));
}
