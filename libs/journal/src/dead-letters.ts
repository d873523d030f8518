import type { DataSource } from 'typeorm';
import type { Tx } from './database.js';
import { NotFound } from './event.js';
import { KeyReused } from './idempotency.js';
import { claim, type Claimable, type DeadLetter, type MessageSight, sightOf } from './intake.js';
import type { Vault } from './keys/vault.js';
import { type ClosedReason, closeReason, keepingReason, openReason, reasonOf } from './reasons.js';
import { isHidden } from './row-security.js';
import { seeing, type Seeing, type Sight, transact } from './sight.js';

/** A message that waits for a person. */
export interface WaitingLetter extends DeadLetter {
  setAsideAt: string;
}

/** Somebody sends a letter again. */
export interface Resending {
  messageId: string;
  actor: string;
  why: string;
  at: string;
  /** The sender's own name for the request, so that asking twice does it once. */
  key: string | undefined;
}

/** What came of it: taken where there is no error. */
export interface Resent {
  errorClass: string | null;
  attempts: number;
}

const columns = `message_id as "messageId", stream, stream_sequence as "streamSequence", type, error_class as "errorClass", attempts, set_aside_at as "setAsideAt"`;

/** No such message waits: it was taken meanwhile, or never set aside. */
export class LetterGone extends NotFound {
  constructor() {
    super('no such message waits here: it was taken meanwhile, or never set aside');
  }
}

/** The messages of a service that wait for a person. */
export class DeadLetters {
  /** A letter names a message and belongs to nobody. */
  private readonly letters: Seeing;

  private readonly committed: () => void;
  private readonly sees: MessageSight;
  private readonly hides: boolean;

  constructor(
    private readonly source: Pick<DataSource, 'createQueryRunner'>,
    private readonly vault: Vault,
    { committed = () => {}, sees = 'envelopes', hides = false }: { committed?: () => void; sees?: MessageSight; hides?: boolean } = {},
  ) {
    this.letters = seeing(source, []);
    this.committed = committed;
    this.sees = sees;
    this.hides = hides;
  }

  /** The oldest first, without those about restricted records that are not open to whoever asks. */
  async page({ page, pageSize }: { page: number; pageSize: number }, sight: Sight): Promise<{ items: WaitingLetter[]; total: number }> {
    const shown = seeing(this.source, sight);
    const open = this.hides ? `where not (${isHidden('dead_letter.record_id')})` : '';
    const items: WaitingLetter[] = await shown.query(
      `select ${columns} from dead_letter ${open} order by set_aside_at, message_id limit $1 offset $2`,
      [pageSize, (page - 1) * pageSize],
    );
    const [counted]: { total: number }[] = await shown.query(`select count(*) as total from dead_letter ${open}`);
    return { items, total: counted!.total };
  }

  /** Throws `LetterGone` where a letter is about a restricted record that is not open to whoever asks: by what is kept of it, or by this record. */
  async admit(messageId: string, recordId: string | undefined, sight: Sight): Promise<void> {
    if (!this.hides) return;
    const hidden: unknown[] = await seeing(this.source, sight).query(
      `select from (select record_id from dead_letter where message_id = $1 union all select $2::uuid) as about where ${isHidden('about.record_id')}`,
      [messageId, recordId ?? null],
    );
    if (hidden.length > 0) throw new LetterGone();
  }

  /** Throws `LetterGone` where none of that id waits. */
  async get(messageId: string): Promise<WaitingLetter> {
    const [found]: WaitingLetter[] = await this.letters.query(`select ${columns} from dead_letter where message_id = $1`, [messageId]);
    if (!found) throw new LetterGone();
    return found;
  }

  /** What came of the same request before, if there was one. Throws `KeyReused` where the key named another. */
  async findResent({ actor, key, messageId, why }: Resending): Promise<Resent | undefined> {
    if (key === undefined) return undefined;
    const [found]: (Resent & ClosedReason & { messageId: string; why: string | null })[] = await this.letters.query(
      `select message_id as "messageId", why, error_class as "errorClass", attempts, text_id as "textId", cipher
       from resending ${reasonOf('resending')} where actor = $1 and key = $2`,
      [actor, key],
    );
    if (found && (found.messageId !== messageId || (found.why ?? openReason(this.vault, found)) !== why)) {
      throw new KeyReused('this Idempotency-Key was used before with another request; use a new key for a new request');
    }
    return found && { errorClass: found.errorClass, attempts: found.attempts };
  }

  /**
   * Handles the letter's message: inbox row, effect, who sent it again and why, and the letter gone, all in one
   * transaction. One that was taken meanwhile has its letter removed. Throws what the handler throws, with nothing changed.
   */
  async take(resending: Resending, message: Claimable, handle: (tx: Tx) => Promise<void>): Promise<Resent> {
    const { attempts } = await transact(this.source, { sight: sightOf([message], this.sees) }, async (tx) => {
      const letter = await locked(tx, resending.messageId);
      const [fresh] = await claim(tx, [message.id]);
      if (fresh) await handle(tx);
      await tx.query(`delete from dead_letter where message_id = $1`, [resending.messageId]);
      const tried = letter.attempts + 1;
      await this.record(tx, resending, { errorClass: null, attempts: tried });
      return { attempts: tried };
    });
    this.committed();
    return { errorClass: null, attempts };
  }

  /** It failed again: the letter stays, and says so. */
  async failed(resending: Resending, errorClass: string): Promise<Resent> {
    return this.letters.transaction(async (tx) => {
      const letter = await locked(tx, resending.messageId);
      const resent = { errorClass, attempts: letter.attempts + 1 };
      await tx.query(`update dead_letter set attempts = $2, error_class = $3 where message_id = $1`, [resending.messageId, resent.attempts, errorClass]);
      await this.record(tx, resending, resent);
      return resent;
    });
  }

  private async record(tx: Tx, { at, actor, key, messageId, why }: Resending, { attempts, errorClass }: Resent): Promise<void> {
    const { textId, cipher } = closeReason(this.vault, why);
    await tx.query(
      `${keepingReason('$5', '$6')}
       insert into resending (sent_at, actor, key, message_id, why_text, attempts, error_class) values ($1, $2, $3, $4, $5, $7, $8)
       on conflict (actor, key) do nothing`,
      [at, actor, key ?? null, messageId, textId, cipher, attempts, errorClass],
    );
  }
}

/** Two who send one letter again wait for each other. */
async function locked(tx: Tx, messageId: string): Promise<{ attempts: number }> {
  const [letter]: { attempts: number }[] = await tx.query(`select attempts from dead_letter where message_id = $1 for update`, [messageId]);
  if (!letter) throw new LetterGone();
  return letter;
}
