import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { type Check, type Context, dataSource, type Finding, gaveWay, type Looked, migrate, outboxTimes, Records, reasonTables, retiredKeys, SealFile, Sealer, type SealerOptions, sealTables, Vault } from '#libs/journal';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000 } from './counting.js';

export const at = '2026-06-01T09:00:00.000000Z';
const context: Context = { authority: 'E06000062', actor: 'officer-1', recordedAt: at };

class KeepTally20260102000000 implements MigrationInterface {
  name = 'KeepTally20260102000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxTimes() + sealTables('triage') + retiredKeys('triage') + reasonTables('triage', ['read_audit', 'resending']));
    await runner.query('grant select, insert, update, delete on tally to triage_maintain');
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const tables = ['journal', 'outbox', 'read_audit', 'reason', 'seal', 'tally', 'dead_letter'];

/** A journal of counts with its seals, a database and a seal file of its own. */
export class KeptJournal {
  readonly records = new Records(countingSlice);
  /** Another may be put in its place. */
  vault = new Vault('triage', Buffer.alloc(32, 7));
  readonly file: SealFile;
  /** What the sealer's clock says. */
  now = at;
  private savedFile = Buffer.alloc(0);

  private constructor(
    readonly database: TestDatabase,
    readonly app: DataSource,
    readonly maintain: DataSource,
    private readonly owner: DataSource,
    private readonly folder: string,
  ) {
    this.file = new SealFile(join(folder, 'seals', 'triage.jsonl'));
  }

  static async make(): Promise<KeptJournal> {
    const database = await testDatabase();
    const migrations = [MakeTally20260101000000, KeepTally20260102000000];
    await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations });
    const [app, maintain, owner] = await Promise.all(
      [database.url('triage', 'app'), database.url('triage', 'maintain'), database.ownerUrl].map((url) => dataSource({ url, name: 'test' }).initialize()),
    );
    return new KeptJournal(database, app!, maintain!, owner!, mkdtempSync(join(tmpdir(), 'caseward-test-seals-')));
  }

  /** Tells of one more count of each record, in one transaction; once more where it had to give way, as a service does. */
  async count(...recordIds: string[]): Promise<void> {
    const told = this.app.transaction((tx) =>
      this.records.handleAll(tx, recordIds.map((recordId) => ({ recordId, command: { type: 'Count' as const, at }, context }))),
    );
    await told.catch((error: unknown) => (gaveWay(error) ? this.count(...recordIds) : Promise.reject(error)));
  }

  async read(recordId: string): Promise<void> {
    await this.app.query(`insert into read_audit (read_at, actor, authority, record_ids, what, why) values ($1, 'officer-1', null, $2, 'record', 'visit')`, [at, [recordId]]);
  }

  sealer(change: Partial<SealerOptions> = {}): Sealer {
    const { vault, file, maintain } = this;
    return new Sealer({ service: 'triage', maintain, vault, file, now: () => this.now, everyMs: 60_000, onTrouble: () => {}, ...change });
  }

  /** What somebody does who owns the database and switches its triggers off. */
  async tamper(...statements: string[]): Promise<void> {
    await this.owner.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query('set local search_path = triage');
      for (const statement of statements) await tx.query(statement);
    });
  }

  /** Remembers everything as it is now, for `restore`. */
  async save(): Promise<void> {
    await this.owner.query('create schema saved');
    for (const table of tables) await this.owner.query(`create table saved.${table} as table triage.${table}`);
    this.savedFile = existsSync(this.file.path) ? readFileSync(this.file.path) : Buffer.alloc(0);
  }

  async restore(): Promise<void> {
    await this.tamper(
      `truncate ${tables.join(', ')}`,
      ...tables.map((table) => `insert into ${table} overriding system value select * from saved.${table}`),
    );
    writeFileSync(this.file.path, this.savedFile);
    this.now = at;
  }

  async close(): Promise<void> {
    await Promise.all([this.app, this.maintain, this.owner].map((source) => source.destroy()));
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Everything a check finds, and what it says at its end. */
export async function resultOf(check: Check): Promise<Looked & { findings: Finding[] }> {
  const findings: Finding[] = [];
  const running = check.run();
  for (;;) {
    const step = await running.next();
    if (step.done) return { ...step.value, findings };
    findings.push(step.value);
  }
}
