import type { KeyObject } from 'node:crypto';
import type { Instant } from '#libs/calendar';
import { neverBegan, type Tx } from '#libs/journal';
import { type Database, recordReading, type Staff } from '#libs/platform';
import { type FileCounts, refusedCounts, RowCounter } from './counts.js';
import { fingerprint, rawFingerprint } from './fingerprint.js';
import { heldAs } from './held-as.js';
import { type Held, heldRows, holdRows, throwAway, throwAwayOld } from './held.js';
import { lockImport } from './lock-import.js';
import { openExtract, type Row } from './open-extract.js';
import { Quarantine, type SetAside } from './quarantine.js';
import { RowJudge } from './row-judge.js';
import { type ExtractSource, type Run, sightOfBatch } from './source.js';
import { rowsOf } from './whose-rows.js';

export interface Imported extends FileCounts {
  /** Columns that the format does not know; they were ignored. */
  unknown_columns: string[];
}

/** The cells that somebody thinks a row should have. */
export interface Mending {
  cells: Record<string, string>;
  staff: Staff;
}

interface Accepted<Taken> {
  reference: string;
  fingerprint: Buffer;
  taken: Taken;
  flags: readonly string[];
}

/** What came of one batch: its counts are told only once it is committed. */
interface Sorted<Taken> {
  accepted: Accepted<Taken>[];
  setAside: SetAside[];
  count: (counter: RowCounter) => void;
}

/** Takes one file of a legacy extract, as a stream, one transaction a batch; every row ends in exactly one count. */
export class Importer<Facts = unknown, Taken = unknown> {
  readonly quarantine: Quarantine;
  private readonly columns: string[];
  private readonly key: KeyObject;
  private readonly progress = new Map<string, number>();

  constructor(
    readonly source: ExtractSource<Facts, Taken>,
    private readonly database: Database,
  ) {
    this.quarantine = new Quarantine(source.file, database.vault);
    this.columns = [...source.columns.required, ...source.columns.optional];
    this.key = database.vault.lastingKey('extract row');
  }

  /** Reads a whole file. What was committed when a later batch fails stays, and is `already_present` next time. */
  async take(stream: AsyncIterable<Uint8Array>, run: Run): Promise<Imported> {
    await throwAwayOld(this.database.seeing([]));
    const extract = await openExtract(stream, this.source.columns);
    if ('refused' in extract) return { ...refusedCounts(extract.refused), unknown_columns: [] };
    const counter = new RowCounter();
    try {
      for await (const batch of extract.batches) {
        (await this.takeBatch(batch, run)).count(counter);
        this.progress.set(run.id, counter.counts.read);
      }
    } finally {
      this.progress.delete(run.id);
    }
    return { ...counter.counts, unknown_columns: extract.unknownColumns };
  }

  rowsRead(run: string): number | undefined {
    return this.progress.get(run);
  }

  /** Tries one row again with other cells; takes it, or says what is still wrong. Throws `NotFound` when it no longer waits. */
  async mend(id: string, { cells, staff }: Mending, run: Run): Promise<{ codes: readonly string[] }> {
    const { line } = await this.quarantine.waiting(this.database.seeing(rowsOf(staff)), id);
    const row: Row = { line, cells: this.complete(cells), raw: [] };
    const facts = await this.source.gather([row], run);
    const whose = this.source.authorityOf(row, facts);
    // Nobody makes a record for another council by mending a row.
    if (whose !== null && whose !== staff.authority) return { codes: ['another_authority'] };
    return this.database.transaction(sightOfBatch(this.source.sees, [staff.authority]), async (tx) => {
      await lockImport(tx, 'alone');
      await this.quarantine.waiting(tx, id, 'for update');
      await recordReading(tx, { staff, at: run.beganAt, recordIds: [id], what: 'row set aside', why: 'mending' });
      const { accepted, setAside } = await this.sort(tx, [row], run, facts);
      if (setAside.length > 0) return { codes: setAside[0]!.codes };
      await this.write(tx, run, accepted, []);
      await this.quarantine.mended(tx, id, { by: staff.id, at: run.beganAt });
      return { codes: [] };
    }, 3);
  }

  async throwAway(run: string): Promise<void> {
    await throwAway(this.database.seeing([]), run);
  }

  private async takeBatch(rows: Row[], run: Run): Promise<Sorted<Taken>> {
    const facts = await this.source.gather(rows, run);
    const sight = sightOfBatch(this.source.sees, rows.map((row) => this.source.authorityOf(row, facts)));
    return patiently(() => this.database.transaction(sight, async (tx) => {
      await lockImport(tx, 'alone');
      const sorted = await this.sort(tx, rows, run, facts);
      await this.write(tx, run, sorted.accepted, sorted.setAside);
      return sorted;
      // Somebody may change one of these records at the same moment.
    }, 3));
  }

  private async sort(tx: Tx, rows: Row[], run: Run, facts: Facts): Promise<Sorted<Taken>> {
    await this.source.gatherOwn?.(tx, rows, run, facts);
    const references = rows.map((row) => row.cells[this.source.reference]!).filter((reference) => reference !== '');
    const held = await heldRows(tx, references, run);
    const sorted: Omit<Sorted<Taken>, 'count'> = { accepted: [], setAside: [] };
    const counts = rows.map((row) => this.sortRow(row, { run, facts, held, sorted }));
    return { ...sorted, count: (counter) => counts.forEach((count) => count(counter)) };
  }

  private sortRow(
    row: Row,
    on: { run: Run; facts: Facts; held: Map<string, Held>; sorted: Omit<Sorted<Taken>, 'count'> },
  ): (counter: RowCounter) => void {
    const { run, facts, held, sorted } = on;
    const print = row.wrongCellCount ? rawFingerprint(row, this.key) : fingerprint(row.cells, this.columns, this.key);
    const judge = new RowJudge(row, run.beganAt);
    const reference = row.cells[this.source.reference]!;
    if (!row.wrongCellCount) {
      const before = held.get(heldAs(reference));
      if (before?.fingerprint.equals(print)) {
        return (counter) => (before.run === run.id ? counter.repeated() : counter.alreadyPresent());
      }
      if (before) judge.refuse('duplicate_reference');
      const taken = this.source.judge(row, judge, facts);
      if (judge.isAccepted) {
        held.set(heldAs(reference), { fingerprint: print, run: run.id });
        this.source.accepted?.(taken, facts);
        sorted.accepted.push({ reference, fingerprint: print, taken, flags: judge.flags });
        return (counter) => counter.imported(judge.flags);
      }
    }
    const content = row.wrongCellCount ? { raw: row.raw, ...(row.isLatin1 && { isLatin1: row.isLatin1 }) } : { cells: row.cells };
    sorted.setAside.push({ line: row.line, codes: judge.codes, fingerprint: print, content, authority: row.wrongCellCount ? null : this.source.authorityOf(row, facts) });
    return (counter) => counter.quarantined(judge.codes);
  }

  private async write(tx: Tx, run: Run, accepted: Accepted<Taken>[], setAside: SetAside[]): Promise<void> {
    await holdRows(
      tx,
      run,
      accepted.map(({ taken, ...row }) => ({ ...row, detail: this.source.detail?.(taken) ?? {} })),
    );
    if (run.isDry) return;
    if (accepted.length > 0) {
      await this.source.take(tx, accepted.map(({ taken }) => taken), run);
      await this.quarantine.taken(tx, accepted.map((row) => row.fingerprint), run.beganAt);
      await this.flag(tx, accepted, run.beganAt);
    }
    await this.quarantine.keep(tx, run, setAside);
  }

  private async flag(tx: Tx, accepted: Accepted<Taken>[], at: Instant): Promise<void> {
    const flags = accepted.flatMap(({ reference, flags }) => flags.map((code) => ({ reference: heldAs(reference), code })));
    if (flags.length === 0) return;
    await tx.query(
      `insert into data_quality_flag (file, reference, code, flagged_at)
       select $1, reference, code, $2 from unnest($3::text[], $4::text[]) as flag (reference, code) on conflict do nothing`,
      [this.source.file, at, flags.map((flag) => flag.reference), flags.map((flag) => flag.code)],
    );
  }

  private complete(cells: Record<string, string>): Record<string, string> {
    return Object.fromEntries(this.columns.map((column) => [column, cells[column] ?? '']));
  }
}

const patienceMs = 60_000;

/** A file of an hour is not given up because everybody wanted the database for a moment. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + patienceMs; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!neverBegan(error) || performance.now() > end) throw error;
    }
  }
}
