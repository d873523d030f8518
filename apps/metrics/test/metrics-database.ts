import type { DataSource } from 'typeorm';
import type pg from 'pg';
import type { AnyContract } from '#libs/contracts';
import { connectClient, dataSource, Intake, migrate, seeing, type Seeing } from '#libs/journal';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { keptFrom } from '../src/facts/adapters/events/contracts.consumer.js';
import { takeEvents } from '../src/facts/adapters/persistence/fact-store.js';
import { readTogether } from '../src/measures/adapters/sql/sql-fact-reader.js';
import { measures } from '../src/measures/adapters/sql/registry.js';
import { type Report, type ReportAsked, subgroupReport } from '../src/measures/application/report.js';
import { migrations } from '../src/migrations/index.js';

/** A metrics database with nothing in it, signed in as the service is. */
export class MetricsDatabase {
  /** The same, seeing every row, as messages are taken. */
  readonly all: Seeing;

  private constructor(
    private readonly database: TestDatabase,
    readonly source: DataSource,
  ) {
    this.all = seeing(source, 'every');
  }

  static async make(): Promise<MetricsDatabase> {
    const database = await testDatabase();
    await migrate({ url: database.url('metrics', 'migrate'), schema: 'metrics', migrations });
    const source = dataSource({ url: database.url('metrics', 'app'), name: 'metrics', isForCommands: true });
    return new MetricsDatabase(database, await source.initialize());
  }

  /** Takes events as the service does: a batch a transaction. */
  async take(events: readonly AnyContract[], batch = 500): Promise<void> {
    for (let at = 0; at < events.length; at += batch) {
      const kept = events.slice(at, at + batch).map(keptFrom);
      await this.all.transaction((tx) => takeEvents(tx, kept));
    }
  }

  /** Takes messages as they are delivered: each once, its inbox row and its effect together. */
  async deliver(messages: readonly AnyContract[], batch = 500): Promise<void> {
    const intake = new Intake(this.source, () => {}, 'every');
    for (let at = 0; at < messages.length; at += batch) {
      const some = messages.slice(at, at + batch);
      await intake.take(some, (isNew, tx) => takeEvents(tx, some.filter(({ id }) => isNew(id)).map(keptFrom)));
    }
  }

  /** Signed in as the role that rebuilds and verifies. */
  readonly connect = (name: string): Promise<pg.Client> => connectClient({ url: this.database.url('metrics', 'maintain'), name });

  /** Signed in as the one whom nothing is kept from. */
  async asOwner(sql: string): Promise<unknown> {
    const owner = await dataSource({ url: this.database.url('metrics', 'migrate'), name: 'owner' }).initialize();
    return owner.query(sql).finally(() => owner.destroy());
  }

  report(asked: Partial<ReportAsked> & Pick<ReportAsked, 'asOf'>): Promise<Report> {
    const whole = { knownAt: null, authority: undefined, ...asked };
    return readTogether(this.source, 'every', (reading) => subgroupReport(reading, (key) => measures.get(key)!.nothing, whole));
  }

  /** Every row of every table that facts lie in. */
  async everything(): Promise<unknown> {
    const tables = ['concern_fact', 'telling_fact', 'enquiry_fact', 'dols_fact', 'person_fact', 'alias_fact', 'disposed_person'];
    const rows = await Promise.all(tables.map((table) => this.all.query(`select * from ${table} t order by t::text`)));
    const inbox = await this.all.query(`select message_id from inbox order by 1`);
    const tally = await this.all.query(`select * from tally where cases <> 0 order by 1, 2, 3, 4, 5`);
    const repeats = await this.all.query(`select * from repeat_concern order by id`);
    return { ...Object.fromEntries(tables.map((table, at) => [table, rows[at]])), tally, repeats, inbox, event: await this.all.query(`select * from event order by record_id, sequence`) };
  }

  async empty(): Promise<void> {
    await this.asOwner('truncate inbox, event, disposed_person, concern_fact, telling_fact, enquiry_fact, dols_fact, person_fact, alias_fact, tally, repeat_concern');
  }

  async close(): Promise<void> {
    await this.source.destroy();
    await this.database.close();
  }
}
