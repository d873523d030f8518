import type { BeforeApplicationShutdown, Logger, OnApplicationBootstrap } from '@nestjs/common';

/**
 * Work that a transaction left to be done after it: in rounds, one at a time, whenever somebody says that there is some, and
 * every so often. An application that stops waits for the round that is under way.
 */
export abstract class Rounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected abstract readonly logger: Logger;
  protected isStopped = false;
  private timer: NodeJS.Timeout | undefined;
  private going: Promise<void> | undefined;
  private isWanted = false;

  /** `failure` is what the log says of a round that failed. */
  protected constructor(
    private readonly everyMs: number,
    private readonly failure: string,
  ) {}

  /** Does what is due, as long as nothing is stopped. */
  protected abstract round(): Promise<void>;

  /** Whether rounds are gone on without anybody's saying so. */
  protected get isOnDuty(): boolean {
    return true;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void (this.isOnDuty && this.go()), this.everyMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.going;
  }

  /** Does what is due, once more where a round is under way already. What cannot be done is tried again. */
  go(): Promise<void> {
    this.isWanted = true;
    this.going ??= this.goOn().finally(() => (this.going = undefined));
    return this.going;
  }

  private async goOn(): Promise<void> {
    while (this.isWanted && !this.isStopped) {
      this.isWanted = false;
      await this.round().catch((error: unknown) => this.logger.warn({ kind: this.failure, name: (error as Error).name }));
    }
  }
}
