import type { DataSource, QueryRunner } from 'typeorm';
import { dataSource, patientMs, type Tx } from '#libs/journal';
import type { Keeper } from './takers.ts';

/** The tables of one service, written a transaction at a time. */
export interface ServiceTables {
  within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/**
 * A service's tables for the database's owner, whom no policy holds back; where one would, it is told so instead of being
 * shown less. The journal is written as the service writes it, events for the broker included: those go into a temporary
 * outbox, which PostgreSQL finds before the service's own and empties at each commit, since what is laid was told long ago.
 * Nothing waits for the disk; whoever lays says when all of it has to be there.
 */
export class OwnersTables implements ServiceTables {
  readonly #source: DataSource;
  readonly #runner: QueryRunner;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(source: DataSource, runner: QueryRunner) {
    this.#source = source;
    this.#runner = runner;
  }

  static async open(ownerUrl: string, service: Keeper): Promise<OwnersTables> {
    const source = await dataSource({ url: ownerUrl, name: `held-${service}`, size: 1, connectMs: patientMs }).initialize();
    const runner = source.createQueryRunner();
    await runner.query(`set search_path = ${service}; set synchronous_commit = off; set row_security = off; create temporary table outbox (position bigint primary key) on commit delete rows`);
    return new OwnersTables(source, runner);
  }

  /** One transaction at a time, in the order in which they were asked for. */
  within<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const done = this.#last.then(() => this.#runner.manager.transaction(work));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#runner.release();
    await this.#source.destroy();
  }
}
