import type { DataSource } from 'typeorm';
import type { Queries } from '../database.js';
import type { NamedKey, PurposeKeys, Vault } from '../keys/vault.js';
import { type Log, logs, settledUpTo } from '../settled.js';
import { type Part, PartMaker } from './part.js';
import { numberIn, type Seal, type Sealed, signed } from './seal.js';
import type { SealFile } from './seal-file.js';
import { greatestNumber, keepSeal, lastGenuine } from './seal-table.js';
import { positionOf, rowsOf } from './sealed-logs.js';

export interface SealerOptions {
  service: string;
  /** The database under the role that verifies: it reads every row and adds seals. */
  maintain: Pick<DataSource, 'createQueryRunner'>;
  vault: Vault;
  file: SealFile;
  now: () => string;
  everyMs: number;
  /** So soon it is tried again where it failed; 5,000 unless told. */
  againMs?: number;
  onTrouble: (error: unknown) => void;
}

/** Rows of a log that one seal covers at most, so that neither sealing nor verifying holds more in memory. */
const mostRows = 2_000;

/** A transaction that takes longer is waited for at the next attempt. */
const patienceMs = 10_000;

/** Table and file do not hold the same seals: somebody changed one of them, or the database came back from a backup. */
export class SealsDisagree extends Error {
  override readonly name = 'SealsDisagree';
}

/** Seals what was newly settled, every so often. Of the processes of a service, one at a time does. */
export class Sealer {
  private timer: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private lastTrouble: string | undefined;
  private isStopped = false;
  private readonly keys: PurposeKeys;

  constructor(private readonly options: SealerOptions) {
    this.keys = options.vault.keysFor('seal');
  }

  /** The code or class of what went wrong at the last attempt; undefined where all is well. */
  get trouble(): string | undefined {
    return this.lastTrouble;
  }

  start(): void {
    this.timer ??= setInterval(() => this.attempt(), this.options.everyMs).unref();
    this.attempt();
  }

  /** Finishes the seal that it is at. What has to be sealed besides is sealed by another process, or at the next start. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    clearTimeout(this.again);
    await this.working;
  }

  /** Seals everything that is settled now. Returns how many seals that took: 0 where nothing is new, or another process is at it. */
  async sealNow(): Promise<number> {
    const runner = this.options.maintain.createQueryRunner();
    const lock = [`seal/${this.options.service}`];
    try {
      const [row] = await runner.query(`select pg_try_advisory_lock(hashtext($1)) as ours`, lock);
      if (!row.ours) return 0;
      return await this.sealAll(runner).finally(() => runner.query(`select pg_advisory_unlock(hashtext($1))`, lock));
    } finally {
      await runner.release();
    }
  }

  /** One at a time, also where sealing takes longer than the interval. */
  private attempt(): void {
    this.working = this.working.then(() => this.trySealing());
  }

  private async trySealing(): Promise<void> {
    if (this.isStopped) return;
    try {
      await this.sealNow();
      this.lastTrouble = undefined;
    } catch (error) {
      this.lastTrouble = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
      this.options.onTrouble(error);
      // What a person has to look into waits for its turn.
      if (!(error instanceof SealsDisagree)) this.tryAgain();
    }
  }

  private tryAgain(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.attempt(), this.options.againMs ?? 5_000).unref();
  }

  private async sealAll(queries: Queries): Promise<number> {
    const genuine = await lastGenuine(queries, this.keys);
    const inTable = await greatestNumber(queries);
    const inFile = await this.mendFile(genuine);
    const made = await this.sealNews(queries, genuine, Math.max(inTable, inFile) + 1);
    if (inTable !== inFile || inTable !== (genuine?.seal.number ?? 0)) throw new SealsDisagree('table and file do not hold the same seals');
    return made;
  }

  private async sealNews(queries: Queries, genuine: Sealed | undefined, first: number): Promise<number> {
    const settled = await settledLogs(queries);
    let last = genuine;
    for (let number = first; ; number += 1) {
      // The leaves and the seal over them are under one key, whatever comes into the key file meanwhile.
      const under = this.keys.current();
      const parts = await this.parts(queries, { last: last?.seal, settled, under });
      if (this.isStopped || Object.values(parts).every(({ rows }) => rows === 0)) return number - first;
      last = await this.add(queries, under, { number, previous: last?.hmac ?? null, logs: parts });
    }
  }

  /**
   * A process that died between table and file leaves the file one seal short, which is added. Anything else is left as it is,
   * for verifying to find. Returns the number of the file's last.
   */
  private async mendFile(last: Sealed | undefined): Promise<number> {
    const { file } = this.options;
    const number = numberIn((await file.lastLine()) ?? '') ?? (await greatestIn(file));
    if (last?.seal.number !== number + 1) return number;
    await file.append(last.line);
    return last.seal.number;
  }

  private async parts(queries: Queries, { last, settled, under }: { last: Seal | undefined; settled: Map<Log, number>; under: NamedKey }): Promise<Seal['logs']> {
    const parts: Seal['logs'] = {};
    for (const [log, upTo] of settled) {
      const after = last?.logs[log]?.upTo ?? 0;
      parts[log] = await this.part(queries, new PartMaker(under.key, log), { log, after, upTo: Math.max(after, upTo) });
    }
    return parts;
  }

  private async part(queries: Queries, maker: PartMaker, { log, after, upTo }: { log: Log; after: number; upTo: number }): Promise<Part> {
    const rows = await rowsOf({ queries, vault: this.options.vault }, log, { after, upTo, limit: mostRows });
    for (const row of rows) maker.add(row);
    return maker.part({ after, upTo: rows.length < mostRows ? upTo : positionOf(log, rows.at(-1)!) });
  }

  /** The table first: what the table has and the file has not can be told from what somebody took out of the table. */
  private async add(queries: Queries, under: NamedKey, made: Pick<Seal, 'number' | 'previous' | 'logs'>): Promise<Sealed> {
    const { service, file, now } = this.options;
    const sealed = signed(under, { service, sealedAt: now(), ...made });
    await keepSeal(queries, sealed);
    await file.append(sealed.line);
    return sealed;
  }
}

async function settledLogs(queries: Queries): Promise<Map<Log, number>> {
  const settled = new Map<Log, number>();
  for (const log of Object.keys(logs) as Log[]) settled.set(log, await settledUpTo(queries, log, patienceMs));
  return settled;
}

async function greatestIn(file: SealFile): Promise<number> {
  let greatest = 0;
  for await (const line of file.lines()) greatest = Math.max(greatest, numberIn(line) ?? 0);
  return greatest;
}
