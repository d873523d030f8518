import { randomUUID } from 'node:crypto';
import type { Queries } from './database.js';
import type { SealedRow, SealedRows } from './keys/sealed-rows.js';
import type { Vault } from './keys/vault.js';

const purpose = 'reason';
const placeOf = (textId: string): string => `reason/cipher/${textId}`;

/** The logs whose rows say why in somebody's words. */
export type Reasoned = 'read_audit' | 'resending';

const columns: Record<Reasoned, string> = {
  read_audit: 'id, read_at, actor, authority, record_ids, what, why_text',
  resending: 'id, sent_at, actor, key, message_id, why_text, attempts, error_class',
};

/** Lets nobody change or remove rows of a log, but for words that lie elsewhere by then. */
const keptButForWords = (service: string, log: Reasoned): string => `
alter table ${log} add column why_text uuid, alter column why drop not null;
comment on column ${log}.why is 'The words themselves, in rows from before they were encrypted and until they are; see reason.';
comment on column ${log}.why_text is 'What names the words in reason.';
drop trigger ${log}_is_kept on ${log};
create trigger ${log}_is_kept before update of ${columns[log]} or delete or truncate on ${log} execute function refuse_all_but_words();
create trigger ${log}_rows_are_kept before update on ${log} for each row execute function refuse_all_but_words();
grant update (why) on ${log} to ${service}_maintain;
`;

/** Where words lie that say why, and the triggers that let those of before go there. Run by SERVICE_migrate. */
export const reasonTables = (service: string, logs: readonly Reasoned[]): string => `
create table reason (
  text_id uuid primary key,
  cipher bytea not null,
  log text,
  row_id bigint,
  unique (log, row_id),
  check ((log is null) = (row_id is null))
);
comment on table reason is 'Why somebody read something or sent a message again, in their words, encrypted under a key of the service. Where a log and a row are named, the words lay there, and a seal over that row covers them.';
grant select, insert on reason to ${service}_app;
grant select, insert, update (cipher) on reason to ${service}_maintain;

create function refuse_all_but_words() returns trigger language plpgsql as $$
begin
  if tg_level = 'ROW' then
    if old.why is not null and new.why is null and to_jsonb(new) - 'why' = to_jsonb(old) - 'why'
      and exists (select from reason where log = tg_table_name and row_id = old.id) then
      return new;
    end if;
  end if;
  raise exception '% rows are never changed or removed: what was told stays on record', tg_table_name;
end $$;
create trigger reason_is_kept before delete or truncate on reason execute function refuse_all_but_words();
${logs.map((log) => keptButForWords(service, log)).join('')}`;

/** Words as they are kept: what names them, and themselves encrypted; both null for none. */
export interface ClosedReason {
  textId: string | null;
  cipher: Buffer | null;
}

/** Encrypts why somebody does something, to be kept with `keepReason` beside the row that says who did. */
export function closeReason(vault: Vault, why: string | null): ClosedReason {
  if (why === null) return { textId: null, cipher: null };
  const textId = randomUUID();
  return { textId, cipher: vault.close(purpose, placeOf(textId), why) };
}

/** The words again; null where there are none. */
export const openReason = (vault: Vault, { textId, cipher }: ClosedReason): string | null =>
  textId === null || cipher === null ? null : vault.open(purpose, placeOf(textId), cipher).toString();

/** The part of a statement that keeps words in the same go as the row that names them; these are the places of its parameters. */
export const keepingReason = (textId: string, cipher: string): string =>
  `with said as (insert into reason (text_id, cipher) select ${textId}::uuid, ${cipher}::bytea where ${textId}::uuid is not null)`;

/** The part of a statement that finds the words of the rows of a log, as `reason`. */
export const reasonOf = (log: Reasoned): string => `left join reason on (reason.text_id = ${log}.why_text or (reason.log = '${log}' and reason.row_id = ${log}.id))`;

const page = 500;

/**
 * Encrypts what rows of before hold in plain words, a page at a time, while everybody goes on. A seal that covers the words
 * goes on holding, since they are put in their place where it is looked at. Returns how many that were.
 */
export async function moveReasons(source: { transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> }, vault: Vault, log: Reasoned): Promise<number> {
  let moved = 0;
  for (let after = 0; ; ) {
    const ids = await source.transaction((tx) => movePage(tx, vault, { log, after }));
    moved += ids.length;
    if (ids.length < page) return moved;
    after = ids.at(-1)!;
  }
}

/** Returns the rows whose words were moved. */
async function movePage(tx: Queries, vault: Vault, { log, after }: { log: Reasoned; after: number }): Promise<number[]> {
  const rows: { id: number; why: string }[] = await tx.query(`select id, why from ${log} where why is not null and id > $1 order by id limit ${page}`, [after]);
  if (rows.length === 0) return [];
  const closed = rows.map(({ why }) => closeReason(vault, why));
  const ids = rows.map(({ id }) => id);
  await tx.query(
    `insert into reason (text_id, cipher, log, row_id) select text_id, cipher, $3, row_id from unnest($1::uuid[], $2::bytea[], $4::bigint[]) as row (text_id, cipher, row_id)`,
    [closed.map(({ textId }) => textId), closed.map(({ cipher }) => cipher), log, ids],
  );
  await tx.query(`update ${log} set why = null where id = any($1)`, [ids]);
  return ids;
}

/** The words, for when the service's keys are changed. */
export const reasons: SealedRows<SealedRow & { textId: string }> = {
  table: 'reason',
  purpose,
  async after(queries, last, limit) {
    const rows: { text_id: string; cipher: Buffer }[] = await queries.query(
      `select text_id, cipher from reason where $1::uuid is null or text_id > $1 order by text_id limit $2`,
      [last?.textId ?? null, limit],
    );
    return rows.map(({ text_id: textId, cipher }) => ({ textId, place: placeOf(textId), sealed: cipher }));
  },
  async replace(queries, rows) {
    await queries.query(
      `update reason set cipher = anew.cipher from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as anew (text_id, before, cipher)
       where reason.text_id = anew.text_id and reason.cipher = anew.before`,
      [rows.map(({ row }) => row.textId), rows.map(({ row }) => row.sealed), rows.map(({ sealed }) => sealed)],
    );
  },
};
