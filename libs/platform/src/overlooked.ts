import { Injectable, Logger } from '@nestjs/common';
import type { Stream } from '#libs/messaging';
import type { NamedContract } from './contract-pages.js';
import { MissedMessages } from './missed-messages.js';
import { Rounds } from './rounds.js';

const lookEveryMs = 15_000;
/** What is on its way arrives: what is missing is taken at the look after so many that missed it too. */
const looks = 2;
/** So far back a process looks that has just started, in positions of a journal. */
const farBack = 5_000;
/** Whoever does not answer is asked again at the next look. */
const patienceMs = 10_000;
/** A backlog comes by itself; nobody takes all of it twice. */
const mostAtOnce = 500;

interface Seen {
  after: number;
  /** For how many looks each has been missing. */
  missing: Map<string, number>;
}

/**
 * Takes what others told and the broker does not deliver, though it says that all is delivered: where a cluster loses its
 * majority, a stream can lose its end and be filled again from the journal under sequences that a consumer has behind it.
 */
@Injectable()
export class Overlooked extends Rounds {
  protected override readonly logger = new Logger('messages');
  private readonly seen = new Map<string, Seen>();
  private readonly stopping = new AbortController();

  constructor(private readonly missed: MissedMessages) {
    super(lookEveryMs, 'nobody could look for what was not delivered');
  }

  protected override get isOnDuty(): boolean {
    return this.missed.isTaking;
  }

  override beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    return super.beforeApplicationShutdown();
  }

  protected override async round(): Promise<void> {
    // One that is away keeps nobody from looking at the others.
    const rounds = await Promise.allSettled(this.missed.publishers.map(({ publisher, url }) => this.takeLate(publisher, url)));
    for (const one of rounds) if (one.status === 'rejected') throw one.reason;
  }

  private async takeLate(publisher: Stream, url: string): Promise<void> {
    const missing = await this.look(publisher, url);
    const late = missing.filter(({ id }) => this.seen.get(publisher)!.missing.get(id)! > looks).slice(0, mostAtOnce);
    // What the broker still has in hand it brings, or goes on trying.
    if (late.length === 0 || !(await this.missed.isAllDelivered(publisher))) return;
    const { taken, parked, setAside } = await this.missed.take(publisher, await this.missed.whole(url, late, this.patience));
    this.logger.warn({ kind: 'not delivered', publisher, taken, parked, setAside });
  }

  /** What is missing of what was told since it was last all there. */
  private async look(publisher: string, url: string): Promise<NamedContract[]> {
    const before = this.seen.get(publisher);
    const missing: NamedContract[] = [];
    let after = before?.after ?? 0;
    for await (const page of this.missed.missingNames(url, before ? after : { last: farBack }, this.patience)) {
      after = Math.max(after, page.last);
      missing.push(...page.missing);
      if (missing.length > mostAtOnce) break;
    }
    // What is missing is read again, until it is there.
    const from = missing.length > 0 ? Math.min(...missing.map(({ position }) => position)) - 1 : after;
    this.seen.set(publisher, { after: from, missing: new Map(missing.map(({ id }) => [id, (before?.missing.get(id) ?? 0) + 1])) });
    return missing;
  }

  /** Until somebody is told to stop, or has waited long enough. */
  private get patience(): AbortSignal {
    return AbortSignal.any([this.stopping.signal, AbortSignal.timeout(patienceMs)]);
  }
}
