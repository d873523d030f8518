import { createCipheriv, createDecipheriv, createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { callbackify } from 'node:util';
import type { Session } from 'fastify';
import { mostMs } from './session.js';
import { SiteDatabase } from './site-database.js';

/** So long somebody may take to sign in. */
const mostBeginningMs = 10 * 60_000;

/**
 * Sessions in PostgreSQL. Whoever reads the table learns neither a session's id, of which a hash is kept, nor what is in
 * it, which is encrypted for that id. A session that has ended stays ended: what a page of it still writes is lost.
 */
export class PgSessionStore {
  private readonly database: SiteDatabase;
  private readonly key: KeyObject;

  constructor(given: { databaseUrl: string; secret: string; name: string }, private readonly now: () => number) {
    this.database = new SiteDatabase(given, 'sessions');
    this.key = createSecretKey(Buffer.from(hkdfSync('sha256', given.secret, '', 'caseward sessions', 32)));
  }

  /** The three that `@fastify/session` asks for. */
  readonly get = callbackify((sessionId: string) => this.read(sessionId));
  readonly set = callbackify((sessionId: string, session: Session) => this.write(sessionId, session));
  readonly destroy = callbackify((sessionId: string) => this.bury(sessionId));

  async close(): Promise<void> {
    await this.database.close();
  }

  private async bury(sessionId: string): Promise<void> {
    const id = idOf(sessionId);
    await this.database.ask('insert into session (id, ends_at) values ($1, $2) on conflict (id) do update set content = null', [id, new Date(this.now() + mostMs)]);
  }

  private async read(sessionId: string): Promise<Session | null> {
    const id = idOf(sessionId);
    const { rows } = await this.database.ask<{ content: Buffer | null }>('select content from session where id = $1 and ends_at > $2', [id, new Date(this.now())]);
    const sealed = rows[0]?.content;
    return sealed ? (JSON.parse(this.open(sealed, id)) as Session) : null;
  }

  private async write(sessionId: string, session: Session): Promise<void> {
    const id = idOf(sessionId);
    const now = this.now();
    const endsAt = new Date(session.person ? session.person.signedInAt + mostMs : now + mostBeginningMs);
    const { rowCount } = await this.database.ask(
      `insert into session (id, content, ends_at) values ($1, $2, $3)
       on conflict (id) do update set content = excluded.content, ends_at = excluded.ends_at where session.content is not null`,
      [id, this.seal(JSON.stringify(session), id), endsAt],
    );
    if (rowCount) await this.database.ask('delete from session where ends_at < $1', [new Date(now)]);
  }

  private seal(text: string, id: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(id);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  private open(sealed: Buffer, id: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, 12)).setAAD(id).setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  }
}

const idOf = (sessionId: string): Buffer => createHash('sha256').update(sessionId).digest();
