import type pg from 'pg';
import { byName, type Connection, connectClient, cut } from './database.js';

/** How often the database is told that the holder is there, in milliseconds. */
const beatMs = 700;
/** PostgreSQL ends the session of a holder that has been silent for this long, and its lock goes with it. */
const silentMs = 3_000;
const answerMs = 2_000;

/** What a relay needs of its session with the database. */
export interface Session {
  query<Row>(sql: string, parameters?: unknown[], withinMs?: number): Promise<Row[]>;
  /** Whether the lock is ours; it is taken when nobody else has it. */
  isOurs(): Promise<boolean>;
  letGo(): Promise<void>;
  /** The session has ended, and the lock with it. */
  readonly isLost: boolean;
  close(): Promise<void>;
}

/**
 * A session of its own that can hold one advisory lock, so that one process of several does a piece of work. It is lost
 * when the process ends, when its connection breaks, and when the process hangs: each side gives up on a silent other.
 */
export class Lease implements Session {
  private isHeld = false;
  private inHand = 0;
  private hasEnded = false;
  private readonly beating: NodeJS.Timeout;

  private constructor(
    private readonly client: pg.Client,
    private readonly name: string,
  ) {
    client.on('error', () => (this.hasEnded = true));
    client.on('end', () => (this.hasEnded = true));
    this.beating = setInterval(() => this.beat(), beatMs);
    this.beating.unref();
  }

  static async open(connection: Connection, name: string, more: Record<string, string> = {}): Promise<Lease> {
    const client = await connectClient(connection, { idle_session_timeout: silentMs, tcp_user_timeout: silentMs, ...more });
    return new Lease(client, name);
  }

  get isLost(): boolean {
    return this.hasEnded;
  }

  async query<Row>(sql: string, parameters: unknown[] = [], withinMs = 15_000): Promise<Row[]> {
    this.inHand += 1;
    const named = byName(sql);
    try {
      // The types do not know the time-out of one statement.
      const asked = { ...(typeof named === 'string' ? { text: named } : named), values: parameters, query_timeout: withinMs };
      return (await this.client.query(asked)).rows as Row[];
    } catch (error) {
      // Whoever does not answer in time leaves the connection in the middle of something: it is of no more use.
      if ((error as Error).message === 'Query read timeout') this.end();
      throw error;
    } finally {
      this.inHand -= 1;
    }
  }

  async isOurs(): Promise<boolean> {
    if (!this.isHeld) {
      const [row] = await this.query<{ ours: boolean }>(`select pg_try_advisory_lock(hashtext($1)) as ours`, [this.name]);
      this.isHeld = row!.ours;
    }
    return this.isHeld && !this.hasEnded;
  }

  async letGo(): Promise<void> {
    if (this.isHeld && !this.hasEnded) await this.query(`select pg_advisory_unlock(hashtext($1))`, [this.name]);
    this.isHeld = false;
  }

  async close(): Promise<void> {
    clearInterval(this.beating);
    const gone = this.client.end().catch(() => {});
    const late = setTimeout(() => this.end(), answerMs);
    await gone.finally(() => clearTimeout(late));
  }

  private beat(): void {
    if (this.inHand === 0 && !this.hasEnded) void this.query('select 1', [], answerMs).catch(() => this.end());
  }

  private end(): void {
    this.hasEnded = true;
    clearInterval(this.beating);
    cut(this.client);
  }
}
