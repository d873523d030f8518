import { randomUUID } from 'node:crypto';
import type { TextRef } from '#libs/decider';
import type { Tx } from './database.js';
import { seal, unseal, type Vault } from './vault.js';

/** Words that arrived with a command: they are kept when the command is, and the story only refers to them. */
export class Words {
  private kept: { textId: string; words: string }[] = [];

  constructor(private readonly vault: Vault) {}

  /** What has come since the last time, to be kept with its record. */
  drain(): { textId: string; words: string }[] {
    return this.kept.splice(0);
  }

  /** Null for nothing or only blanks. */
  keep(words: string | null | undefined): TextRef | null {
    if (!words?.trim()) return null;
    const textId = randomUUID();
    this.kept.push({ textId, words });
    return { textId, hmac: this.vault.hmac('narrative', words).toString('base64url') };
  }
}

export interface Kept {
  recordId: string;
  textId: string;
  words: string;
}

/** Something told, with words where it had references to them. */
export type Revealed<Told> = Told extends TextRef ? string | null : Told extends object ? { [Key in keyof Told]: Revealed<Told[Key]> } : Told;

const isReference = (value: unknown): value is TextRef => typeof value === 'object' && value !== null && 'textId' in value && 'hmac' in value;

const place = (textId: string) => `narrative/cipher/${textId}`;

/** The words of a service's records, each encrypted under its record's own key. */
export class Narrative {
  constructor(private readonly vault: Vault) {}

  /** Keeps any number of texts in two statements. */
  async keep(tx: Tx, texts: Kept[]): Promise<void> {
    if (texts.length === 0) return;
    const keys = await this.keysFor(tx, [...new Set(texts.map((text) => text.recordId))]);
    await tx.query(
      `insert into narrative (text_id, record_id, cipher) select * from unnest($1::uuid[], $2::uuid[], $3::bytea[])`,
      [
        texts.map((text) => text.textId),
        texts.map((text) => text.recordId),
        texts.map((text) => seal(keys.get(text.recordId)!, place(text.textId), text.words)),
      ],
    );
  }

  /** The words of these texts, by text id; what was disposed of is absent. */
  async read(tx: Tx, textIds: string[]): Promise<Map<string, string>> {
    const rows: { text_id: string; record_id: string; cipher: Buffer; wrapped: Buffer }[] = await tx.query(
      `select text_id, record_id, cipher, wrapped from narrative join record_key using (record_id) where text_id = any($1)`,
      [textIds],
    );
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

  /** The data keys of these records, made where there is none yet. */
  async keysFor(tx: Tx, recordIds: string[]): Promise<Map<string, Buffer>> {
    const keys = await this.findKeys(tx, recordIds);
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
    const rows: { record_id: string; wrapped: Buffer }[] = await tx.query(
      `select record_id, wrapped from record_key where record_id = any($1)`,
      [recordIds],
    );
    return new Map(rows.map((row) => [row.record_id, this.vault.unwrap(row.record_id, row.wrapped)]));
  }
}
