import { z } from 'zod';
import type { Tx } from '#libs/journal';
import { NotYet } from '#libs/messaging';
import { type About, namedAbout, onceMore, type OnePerson, patientlyAsked, type Peer, restrictedTo, type RestrictedTable, underEveryId } from '#libs/platform';
import type { IdentifyPerson } from './claimed.js';

const reply = z.object({ names: z.array(z.array(z.string().min(1))) });

/** As many as a service answers at once. */
export const MOST_ASKED = 1_000;
/** A transaction waits for the answer, so nobody may take long over it. */
const timeoutMs = 2_000;
/** An import may. */
const patientMs = 30_000;

const keyOf = ({ personId, authority }: Pick<About, 'personId' | 'authority'>): string => `${authority} ${personId}`;

/** Who is named in restricted records of another service, by whom those are about. */
export class NamedElsewhere {
  constructor(private readonly names: ReadonlyMap<string, readonly string[]>) {}

  of(one: Pick<About, 'personId' | 'authority'>): readonly string[] {
    return this.names.get(keyOf(one)) ?? [];
  }
}

/** What a record inherits: whom restricted records about the same person are open to, of this service and of the one that holds the other kind (ADR 18). */
export class InheritedRestrictions {
  constructor(
    private readonly kind: RestrictedTable,
    /** Who holds the other kind; undefined where nobody runs it. */
    private readonly elsewhere: Peer | undefined,
  ) {}

  /** Who is named here in restricted records about each of these. */
  here(tx: Tx, some: readonly OnePerson[]): Promise<string[][]> {
    return namedAbout(tx, some, this.kind);
  }

  /**
   * What records have to be told besides whom they are about. The other service is asked within the transaction that learns
   * it, before that locks anything, and does not wait long (ADR 6); while it cannot answer, it is not known whom a record is
   * open to, and so the record does not learn whom it is about either.
   */
  async besides(tx: Tx, about: readonly About[]): Promise<ReadonlyMap<string, Pick<IdentifyPerson, 'restrictedTo'>>> {
    const there = this.elsewhere && about.length > 0 ? await this.askedSoon(this.elsewhere, await underEveryId(tx, about)) : [];
    const found = await restrictedTo(tx, about.map((one, at) => ({ ...one, namedElsewhere: there[at] ?? [] })), this.kind);
    return new Map([...found].map(([id, names]) => [id, { restrictedTo: names }]));
  }

  /** Who is named elsewhere in restricted records about these people; for an import, outside any transaction and with patience. */
  async gather(some: readonly Pick<About, 'personId' | 'authority'>[]): Promise<NamedElsewhere> {
    const { elsewhere } = this;
    const once = [...new Map(some.map((one) => [keyOf(one), one])).values()];
    const names = elsewhere ? await inParts(once, async (part) => namesIn(await patientlyAsked(() => this.ask(elsewhere, part.map(({ personId, authority }) => ({ people: [personId], authority })), patientMs)))) : [];
    return new NamedElsewhere(new Map(once.map((one, at) => [keyOf(one), names[at] ?? []])));
  }

  /** Whom each of these is open to alone from the beginning, of those that are brought here by an import. */
  imported(tx: Tx, about: readonly About[]): Promise<Map<string, string[]>> {
    return restrictedTo(tx, about, this.kind);
  }

  private async askedSoon(elsewhere: Peer, some: readonly OnePerson[]): Promise<string[][]> {
    try {
      return await inParts(some, async (part) => namesIn(await onceMore(() => this.ask(elsewhere, part, timeoutMs))));
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

async function namesIn(answer: Response): Promise<string[][]> {
  if (!answer.ok) throw new Error(`it was answered ${answer.status} when it was asked whom other records about the same people are open to`);
  return reply.parse(await answer.json()).names;
}
