import { setTimeout as pause } from 'node:timers/promises';
import { contractPages, ContractsUnread, type Peer, type PlacedContract } from '#libs/platform';
import { type Connect, inBatches, type Shadow } from './shadow.js';

/** Fewer than so many are caught up with while nobody else may write. */
const few = 1_000;
const mostRounds = 20;
const mostTries = 10;

/** The contracts of every service that tells any, and how far each was read. */
export class Sources {
  private readonly positions = new Map<string, number>();

  constructor(private readonly publishers: readonly Peer[]) {}

  /** Everything, each service's beside the others'. */
  async loadInto(shadow: Shadow, connect: Connect, onLoaded: (events: number) => void): Promise<void> {
    const stop = new AbortController();
    try {
      await Promise.all(this.publishers.map((one) => shadow.load(this.after(one, stop.signal), connect, onLoaded)));
    } catch (error) {
      stop.abort();
      throw error;
    }
  }

  /** What was told since the last time. Returns how many events those were. */
  async catchUp(shadow: Shadow, signal?: AbortSignal): Promise<number> {
    let taken = 0;
    for (const one of this.publishers) {
      for await (const page of inBatches(this.after(one, signal), few)) {
        await shadow.take(page);
        taken += page.length;
      }
    }
    return taken;
  }

  /** Until little more comes than can be caught up with at once. */
  async catchUpNearly(shadow: Shadow, onCaughtUp: (events: number) => void = () => undefined): Promise<void> {
    for (let round = 0, taken = few; taken >= few && round < mostRounds; round += 1) {
      taken = await this.catchUp(shadow);
      onCaughtUp(taken);
    }
  }

  /** A service that is away for a moment is asked again, from where it left off. */
  private async *after(publisher: Peer, signal?: AbortSignal): AsyncGenerator<PlacedContract[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        for await (const page of contractPages(publisher, this.positions.get(publisher.url) ?? 0, signal)) {
          this.positions.set(publisher.url, page.at(-1)!.position);
          yield page;
        }
        return;
      } catch (error) {
        if (!(error instanceof ContractsUnread) || signal?.aborted || tries >= mostTries) throw error;
        await pause(1_000);
      }
    }
  }
}
