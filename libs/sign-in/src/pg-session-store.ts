import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { callbackify } from 'node:util';
import type { Session } from 'fastify';
import { mostIdleMs, mostMs } from './session.js';
import { SiteDatabase } from './site-database.js';

/** So long somebody may take to sign in. */
const mostBeginningMs = 10 * 60_000;

/** When somebody signed in somewhere, and when they were last seen there; ISO, UTC. */
export interface OtherSession {
  beganAt: string;
  seenAt: string;
}

/**
 * Sessions in PostgreSQL. Whoever reads the table learns neither a session's id, of which a hash is kept, nor what is in
 * it, which is encrypted for that id. A session that has ended stays ended: what a page of it still writes is lost.
 */
export class PgSessionStore {
  private readonly database: SiteDatabase;
  /** The first is what is written under now; the others open what was written before it. */
  private readonly keys: KeyObject[];
  private readonly whoseKeys: KeyObject[];

  constructor(given: { databaseUrl: string; secret: string | string[]; name: string }, private readonly now: () => number) {
    this.database = new SiteDatabase(given, 'sessions');
    const keysFor = (purpose: string) => [given.secret].flat().map((secret) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))));
    this.keys = keysFor('caseward sessions');
    this.whoseKeys = keysFor('caseward whose sessions');
  }

  /** The three that `@fastify/session` asks for. */
  readonly get = callbackify((sessionId: string) => this.read(sessionId));
  readonly set = callbackify((sessionId: string, session: Session) => this.write(sessionId, session));
  readonly destroy = callbackify((sessionId: string) => this.bury(sessionId));

  /** Where else the same person is signed in at this site, the latest seen first. */
  async others(sessionId: string, personId: string): Promise<OtherSession[]> {
    const { rows } = await this.database.ask<{ began_at: Date; seen_at: Date }>(
      'select began_at, seen_at from session where whose = any($1) and id <> $2 and content is not null and ends_at > $3 and seen_at > $4 order by seen_at desc',
      [this.whose(personId), idOf(sessionId), new Date(this.now()), new Date(this.now() - mostIdleMs)],
    );
    return rows.map(({ began_at: beganAt, seen_at: seenAt }) => ({ beganAt: beganAt.toISOString(), seenAt: seenAt.toISOString() }));
  }

  /** Ends all sessions of somebody but this one. */
  async endOthers(sessionId: string, personId: string): Promise<void> {
    await this.database.ask('update session set content = null where whose = any($1) and id <> $2', [this.whose(personId), idOf(sessionId)]);
  }

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
    const { person } = session;
    const endsAt = new Date(person ? person.signedInAt + mostMs : now + mostBeginningMs);
    const whose = person ? [this.whose(person.id)[0], new Date(person.signedInAt), new Date(person.seenAt)] : [null, null, null];
    const { rowCount } = await this.database.ask(
      `insert into session (id, content, ends_at, whose, began_at, seen_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set (content, ends_at, whose, began_at, seen_at) = (excluded.content, excluded.ends_at, excluded.whose, excluded.began_at, excluded.seen_at)
       where session.content is not null`,
      [id, this.seal(JSON.stringify(session), id), endsAt, ...whose],
    );
    if (rowCount) await this.database.ask('delete from session where ends_at < $1', [new Date(now)]);
  }

  private whose(personId: string): Buffer[] {
    return this.whoseKeys.map((key) => createHmac('sha256', key).update(personId).digest());
  }

  private seal(text: string, id: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.keys[0]!, nonce).setAAD(id);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  private open(sealed: Buffer, id: Buffer, [key, ...before] = this.keys): string {
    const decipher = createDecipheriv('aes-256-gcm', key!, sealed.subarray(0, 12)).setAAD(id).setAuthTag(sealed.subarray(12, 28));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    } catch (error) {
      if (before.length === 0) throw error;
      return this.open(sealed, id, before);
    }
  }
}

const idOf = (sessionId: string): Buffer => createHash('sha256').update(sessionId).digest();
