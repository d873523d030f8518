import { randomUUID } from 'node:crypto';
import type { TextRef } from '#libs/decider';
import { oftenAsked, oneOf, type Tx } from './database.js';
import { seal, unseal } from './keys/seal.js';
import type { Vault } from './keys/vault.js';
import type { Statement } from './sight.js';

/** Words that arrived with a command: they are kept when the command is, and the story only refers to them. */
export class Words {
  private kept: { textId: string; words: string }[] = [];

  constructor(private readonly vault: Vault) {}

  /** What has come since the last time, to be kept with its record. */
  drain(): { textId: string; words: string }[] {
    return this.kept.splice(0);
  }

  /** Words that are found again by an id of the caller's: nothing in the story refers to them. */
  keepAs(textId: string, words: string): void {
    this.kept.push({ textId, words });
  }

  /** Null for nothing or only blanks. */
  keep(words: string | null | undefined): TextRef | null {
    if (!words?.trim()) return null;
    const textId = randomUUID();
    this.kept.push({ textId, words });
    return { textId, hmac: this.vault.hmacText('narrative', words) };
  }
}

export interface Kept {
  recordId: string;
  /** Its record has no key yet, as far as anybody knows. */
  isNew?: boolean;
  textId: string;
  words: string;
}

/** Data keys under the service's, by record. */
export type WrappedKeys = ReadonlyMap<string, Buffer>;

/** Something told, with words where it had references to them. */
export type Revealed<Told> = Told extends TextRef ? string | null : Told extends object ? { [Key in keyof Told]: Revealed<Told[Key]> } : Told;

const isReference = (value: unknown): value is TextRef => typeof value === 'object' && value !== null && 'textId' in value && 'hmac' in value;

const place = (textId: string) => `narrative/cipher/${textId}`;

/** Of texts whose records have no keys yet: both in one statement. It fails where one has a key after all. */
const keepingWithKeys = oftenAsked(`
with made as (insert into record_key (record_id, wrapped) select * from unnest($1::uuid[], $2::bytea[]))
insert into narrative (text_id, record_id, cipher) select * from unnest($3::uuid[], $4::uuid[], $5::bytea[])`);

const keeping = oftenAsked(`insert into narrative (text_id, record_id, cipher) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])`);

const reading = oftenAsked(`select text_id, record_id, cipher, wrapped from narrative join record_key using (record_id) where text_id = ${oneOf('$1', 'uuid')}`);
const finding = oftenAsked(`select record_id, wrapped from record_key where record_id = ${oneOf('$1', 'uuid')}`);

/** The words of a service's records, each encrypted under its record's own key. */
export class Narrative {
  constructor(private readonly vault: Vault) {}

  /** Keeps any number of texts, in one statement those of records that are new and in one those of others. */
  async keep(tx: Tx, texts: Kept[]): Promise<void> {
    for (const { sql, parameters } of await this.keeping(tx, texts)) await tx.query(sql, parameters);
  }

  /** The statements that keep these texts. Where it is not known which keys there are, those of records that are there are looked up, and made. */
  async keeping(tx: Tx, texts: Kept[], known?: WrappedKeys): Promise<Statement[]> {
    // A key is made with its words and not before: until a record's story has begun, nobody may write one for it.
    const hasNoKey = ({ recordId, isNew = false }: Kept): boolean => isNew || known?.has(recordId) === false;
    const [ofNew, ofOld] = [texts.filter((text) => hasNoKey(text)), texts.filter((text) => !hasNoKey(text))];
    const keys = await this.keysFor(tx, [...new Set(ofOld.map(({ recordId }) => recordId))], known);
    return [...(ofNew.length > 0 ? [this.keepingWithKeys(ofNew)] : []), ...(ofOld.length > 0 ? [{ sql: keeping, parameters: columnsOf(ofOld, keys) }] : [])];
  }

  private keepingWithKeys(texts: Kept[]): Statement {
    const made = [...new Set(texts.map(({ recordId }) => recordId))].map((recordId) => ({ recordId, ...this.vault.newKey(recordId) }));
    const keys = new Map(made.map(({ recordId, key }) => [recordId, key]));
    return { sql: keepingWithKeys, parameters: [[...keys.keys()], made.map(({ wrapped }) => wrapped), ...columnsOf(texts, keys)] };
  }

  /** The words of these texts, by text id; what was disposed of is absent. */
  async read(tx: Tx, textIds: string[]): Promise<Map<string, string>> {
    const rows: { text_id: string; record_id: string; cipher: Buffer; wrapped: Buffer }[] = await tx.query(reading, [textIds]);
    return new Map(
      rows.map((row) => [
        row.text_id,
        unseal(this.vault.unwrap(row.record_id, row.wrapped), place(row.text_id), row.cipher).toString(),
      ]),
    );
  }

  /** The same with every text in the place of its reference, in one statement; null for what was disposed of. */
  async reveal<Told>(tx: Tx, told: Told): Promise<Revealed<Told>> {
    const textIds = new Set<string>();
    const json = JSON.stringify(told, (_key, value: unknown) => {
      if (isReference(value)) textIds.add(value.textId);
      return value;
    });
    const words = textIds.size === 0 ? new Map<string, string>() : await this.read(tx, [...textIds]);
    return JSON.parse(json, (_key, value: unknown) => (isReference(value) ? (words.get(value.textId) ?? null) : value)) as Revealed<Told>;
  }

  /** Lets these texts go. */
  async forget(tx: Tx, textIds: string[]): Promise<void> {
    await tx.query(`delete from narrative where text_id = any($1)`, [textIds]);
  }

  /** Lets go of whatever was said of these records, for good: their words, and the keys that open any copy of them. */
  async dispose(tx: Tx, recordIds: string[]): Promise<void> {
    if (recordIds.length === 0) return;
    await tx.query(`delete from narrative where record_id = any($1)`, [recordIds]);
    await tx.query(`delete from record_key where record_id = any($1)`, [recordIds]);
  }

  /** The data keys of these records, made where there is none yet; those that are known already are not looked up. */
  async keysFor(tx: Tx, recordIds: string[], known?: WrappedKeys): Promise<Map<string, Buffer>> {
    if (recordIds.length === 0) return new Map();
    const keys = this.unwrapped(known ?? (await this.wrappedKeys(tx, recordIds)), recordIds);
    const missing = recordIds.filter((id) => !keys.has(id)).map((id) => ({ id, ...this.vault.newKey(id) }));
    if (missing.length === 0) return keys;
    const made: { record_id: string }[] = await tx.query(
      `insert into record_key (record_id, wrapped) select * from unnest($1::uuid[], $2::bytea[])
       on conflict do nothing returning record_id`,
      [missing.map((one) => one.id), missing.map((one) => one.wrapped)],
    );
    if (made.length < missing.length) return this.keysFor(tx, recordIds);
    for (const { id, key } of missing) keys.set(id, key);
    return keys;
  }

  async findKeys(tx: Tx, recordIds: string[]): Promise<Map<string, Buffer>> {
    return this.unwrapped(await this.wrappedKeys(tx, recordIds), recordIds);
  }

  /** The keys of these records as they lie there; a record without one is absent. */
  async wrappedKeys(tx: Tx, recordIds: string[]): Promise<WrappedKeys> {
    const rows: { record_id: string; wrapped: Buffer }[] = recordIds.length === 0 ? [] : await tx.query(finding, [recordIds]);
    return new Map(rows.map((row) => [row.record_id, row.wrapped]));
  }

  private unwrapped(wrapped: WrappedKeys, recordIds: string[]): Map<string, Buffer> {
    return new Map(recordIds.flatMap((id) => (wrapped.has(id) ? [[id, this.vault.unwrap(id, wrapped.get(id)!)] as const] : [])));
  }
}

const columnsOf = (texts: Kept[], keys: Map<string, Buffer>): [string[], string[], Buffer[]] => [
  texts.map(({ textId }) => textId),
  texts.map(({ recordId }) => recordId),
  texts.map(({ recordId, textId, words }) => seal(keys.get(recordId)!, place(textId), words)),
];
