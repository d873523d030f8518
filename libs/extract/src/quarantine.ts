import { randomUUID } from 'node:crypto';
import type { Instant } from '#libs/calendar';
import { NotFound, type Queries, type SealedRow, type SealedRows, type Tx, type Vault } from '#libs/journal';
import type { Run } from './source.js';

/** A row set aside. `cells` has the known columns, or `raw` what stood in the file where the cells could not be told apart: as Latin-1 where that was not UTF-8. */
export interface SetAside {
  line: number;
  codes: readonly string[];
  fingerprint: Buffer;
  /** Whose it is, as far as it can be read. */
  authority: string | null;
  content: { cells: Readonly<Record<string, string>> } | { raw: readonly string[]; isLatin1?: true };
}

export interface Listed {
  id: string;
  file: string;
  line: number;
  codes: string[];
  firstSeenAt: Instant;
}

/** Where a row stands among those that wait. */
export type Place = Pick<Listed, 'line' | 'id'>;

const purpose = 'quarantine';
const placeOf = (fingerprint: Buffer): string => `quarantine/${fingerprint.toString('hex')}`;

/** The rows that were set aside, each stored once however often it comes, its cells encrypted. */
export class Quarantine {
  constructor(
    private readonly file: string,
    private readonly vault: Vault,
  ) {}

  async keep(tx: Tx, run: Run, rows: SetAside[]): Promise<void> {
    const once = [...new Map(rows.map((row) => [row.fingerprint.toString('hex'), { id: randomUUID(), ...row }])).values()];
    if (once.length === 0) return;
    await tx.query(
      `insert into quarantine (id, file, fingerprint, line, codes, cells, authority, first_seen_at, last_run)
       select id, $1, fingerprint, line, string_to_array(codes, ' '), cells, authority, $2, $3
       from unnest($4::uuid[], $5::bytea[], $6::bigint[], $7::text[], $8::bytea[], $9::text[]) as row (id, fingerprint, line, codes, cells, authority)
       on conflict (file, fingerprint) do update
       set line = excluded.line, codes = excluded.codes, last_run = excluded.last_run, authority = excluded.authority,
           cells = case when quarantine.mended_by is null then excluded.cells else quarantine.cells end,
           taken_at = case when quarantine.mended_by is null then null else quarantine.taken_at end`,
      [
        this.file,
        run.beganAt,
        run.id,
        once.map((row) => row.id),
        once.map((row) => row.fingerprint),
        once.map((row) => row.line),
        once.map((row) => row.codes.join(' ')),
        once.map((row) => this.vault.close(purpose, placeOf(row.fingerprint), JSON.stringify(row.content))),
        once.map((row) => row.authority),
      ],
    );
  }

  /** Rows with these contents were imported after all: their cells lie in the records now, and are wiped here. */
  async taken(tx: Tx, fingerprints: Buffer[], at: Instant): Promise<void> {
    await tx.query(
      `update quarantine set taken_at = $3, cells = '' where file = $1 and fingerprint = any($2) and taken_at is null`,
      [this.file, fingerprints, at],
    );
  }

  /** This row was taken as somebody mended it, and so never waits again. */
  async mended(tx: Tx, id: string, { by, at }: { by: string; at: Instant }): Promise<void> {
    await tx.query(`update quarantine set taken_at = $2, mended_by = $3, cells = '' where id = $1`, [id, at, by]);
  }

  async list(tx: Queries, page: number, size: number): Promise<{ items: Listed[]; total: number }> {
    const items: Listed[] = await tx.query(
      `select id, file, line, codes, first_seen_at as "firstSeenAt" from quarantine
       where taken_at is null order by file, line, id limit $1 offset $2`,
      [size, (page - 1) * size],
    );
    const [row]: { total: number }[] = await tx.query(`select count(*) as total from quarantine where taken_at is null`);
    return { items, total: row!.total };
  }

  /** A row that still waits. Throws `NotFound` when it does not, or never did. */
  async waiting(tx: Queries, id: string, lock: 'for update' | '' = ''): Promise<Listed & SetAside> {
    const found = await this.find(tx, id, lock);
    if (!found) throw new NotFound('There is no such row in quarantine.');
    return found;
  }

  /** One row, unless it waits no more. */
  async find(tx: Queries, id: string, lock: 'for update' | '' = ''): Promise<(Listed & SetAside) | undefined> {
    const [row]: (Listed & Pick<SetAside, 'authority' | 'fingerprint'> & { cells: Buffer })[] = await tx.query(
      `select id, file, line, codes, first_seen_at as "firstSeenAt", fingerprint, cells, authority from quarantine
       where id = $1 and taken_at is null ${lock}`,
      [id],
    );
    if (!row) return undefined;
    const { cells, ...listed } = row;
    const plain = this.vault.open(purpose, placeOf(row.fingerprint), cells).toString();
    return { ...listed, content: JSON.parse(plain) as SetAside['content'] };
  }

  /** The ids of the next waiting rows, in the order of the file. */
  async after(tx: Queries, last: Place, size: number): Promise<Place[]> {
    return tx.query(
      `select line, id from quarantine where taken_at is null and file = $1 and (line, id) > ($2, $3) order by line, id limit $4`,
      [this.file, last.line, last.id, size],
    );
  }
}

/** The cells of rows that wait, whatever their file. */
export const quarantined: SealedRows<SealedRow & { id: string }> = {
  table: 'quarantine',
  purpose,
  async after(queries, last, limit) {
    const rows: { id: string; fingerprint: Buffer; cells: Buffer }[] = await queries.query(
      `select id, fingerprint, cells from quarantine where taken_at is null and ($1::uuid is null or id > $1) order by id limit $2`,
      [last?.id ?? null, limit],
    );
    return rows.map(({ id, fingerprint, cells }) => ({ id, place: placeOf(fingerprint), sealed: cells }));
  },
  async replace(queries, rows) {
    await queries.query(
      `update quarantine set cells = anew.cells from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as anew (id, before, cells)
       where quarantine.id = anew.id and quarantine.cells = anew.before`,
      [rows.map(({ row }) => row.id), rows.map(({ row }) => row.sealed), rows.map(({ sealed }) => sealed)],
    );
  },
};
