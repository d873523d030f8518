import { HttpException } from '@nestjs/common';
import type { Queries } from '#libs/journal';
import { type CaughtUp, type Missed, reads, type Stream, Unreachable } from '#libs/messaging';
import { contractNames, contractPages, type From, type NamedContract, type PlacedContract } from './contract-pages.js';
import type { Taking } from './letters.js';
import type { Signing } from './peer.js';
import type { Tell } from './telling.js';

/** How much was looked through, and what became of what had been missed. */
export interface TakenUp extends CaughtUp {
  looked: number;
}

export interface MissedMessagesParts {
  service: string;
  queries: Queries;
  /** Where the services answer whose streams this one reads. */
  publishers: Readonly<Record<string, string | undefined>>;
  /** The headers that say who asks them. */
  signing: Signing;
  taking: Taking;
}

const batch = 500;

/** What others told and nobody will deliver any more: of a type that was not taken yet, older than the stream, or with its inbox row lost. */
export class MissedMessages {
  constructor(private readonly parts: MissedMessagesParts) {}

  /** Reads every contract of those whose streams this service reads, in constant memory, and takes what is not in its inbox. */
  async takeAll(tell: Tell): Promise<TakenUp> {
    const { service, publishers } = this.parts;
    const sum: TakenUp = { looked: 0, taken: 0, parked: 0, setAside: 0 };
    for (const publisher of reads[service] ?? []) {
      const url = publishers[publisher];
      if (url === undefined) throw new HttpException(`Nobody has said where ${publisher} answers.`, 503);
      await this.takeFrom(publisher, url, (more) => {
        for (const [key, count] of Object.entries(more)) sum[key as keyof TakenUp] += count;
        tell({ doing: `reading ${publisher}`, looked: sum.looked, taken: sum.taken });
      });
    }
    return sum;
  }

  private async takeFrom(publisher: Stream, url: string, count: (more: Partial<TakenUp>) => void): Promise<void> {
    let waiting: Missed[] = [];
    for await (const { ours, missing } of this.read(url)) {
      count({ looked: ours.length });
      waiting.push(...missing.map(contractOf));
      while (waiting.length >= batch) count(await this.take(publisher, waiting.splice(0, batch)));
    }
    if (waiting.length > 0) count(await this.take(publisher, waiting));
    waiting = [];
  }

  /** What a service told, page by page, as far as it is taken here, and what of that was not. */
  private async *read(url: string): AsyncGenerator<{ ours: PlacedContract[]; missing: PlacedContract[] }> {
    const wanted = this.strategy.getHandlers();
    for await (const page of contractPages({ url, signing: this.parts.signing })) {
      const ours = page.filter(({ type }) => wanted.has(type));
      yield { ours, missing: await this.missing(ours) };
    }
  }

  /** The names of what a service told and this one takes and did not, page by page, with how far that is. */
  async *missingNames(url: string, from: From, signal: AbortSignal): AsyncGenerator<{ last: number; missing: NamedContract[] }> {
    const wanted = this.strategy.getHandlers();
    for await (const page of contractNames({ url, signing: this.parts.signing }, from, signal)) {
      yield { last: page.at(-1)?.position ?? 0, missing: await this.missing(page.filter(({ type }) => wanted.has(type))) };
    }
  }

  /** Those of these names as they were told, in their order. */
  async whole(url: string, names: readonly NamedContract[], signal: AbortSignal): Promise<Missed[]> {
    const wanted = new Set(names.map(({ id }) => id));
    const found: PlacedContract[] = [];
    for await (const page of contractPages({ url, signing: this.parts.signing }, names[0]!.position - 1, signal)) {
      found.push(...page.filter(({ id }) => wanted.has(id)));
      if (found.length >= wanted.size) break;
    }
    return found.map(contractOf);
  }

  /** Takes these as a delivery would. Throws 503 where another service that they need stays away. */
  async take(publisher: Stream, missed: Missed[]): Promise<CaughtUp> {
    try {
      return await this.strategy.catchUp(publisher, missed);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      throw new HttpException('Another service that these messages need cannot be reached. What was taken stays taken; run the command again when all services are well.', 503, { cause: error });
    }
  }

  /** Not taken, and waiting neither for a person nor for another message. */
  private async missing<One extends Missed>(contracts: One[]): Promise<One[]> {
    if (contracts.length === 0) return [];
    const rows: { id: string }[] = await this.parts.queries.query(
      `select id from unnest($1::text[]) id where not exists (select from inbox where message_id = id)
       and not exists (select from dead_letter where message_id = id) and not exists (select from parked where message_id = id)`,
      [contracts.map(({ id }) => id)],
    );
    const absent = new Set(rows.map(({ id }) => id));
    return contracts.filter(({ id }) => absent.has(id));
  }

  /** Whose streams this service reads, as far as it is known where they answer. */
  get publishers(): { publisher: Stream; url: string }[] {
    return (reads[this.parts.service] ?? []).flatMap((publisher) => {
      const url = this.parts.publishers[publisher];
      return url === undefined ? [] : [{ publisher, url }];
    });
  }

  /** Whether the broker has nothing more of a stream for this service: what is missing then, no delivery brings. */
  isAllDelivered(publisher: Stream): Promise<boolean> {
    return this.strategy.isAllDelivered(publisher);
  }

  /** Whether messages are taken yet. */
  get isTaking(): boolean {
    return this.parts.taking.now() !== undefined;
  }

  private get strategy() {
    const strategy = this.parts.taking.now();
    if (!strategy) throw new HttpException('The broker has not been there since this service started. Try again when it is.', 503);
    return strategy;
  }
}

export const contractOf = ({ position: _position, ...contract }: PlacedContract): Missed => contract;
