import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { STEP_UP } from '#libs/identity';
import { connectClient, migrate } from '#libs/journal';
import { setUpStreams } from '#libs/messaging';
import { Database, makeService } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';
import { migrations } from '../src/migrations/index.js';

export interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown>;
}

export interface SentFile {
  name: string;
  type: string;
  content: string | Buffer;
  as: string;
  key: string;
  following: string;
}

/** A form with one file in it. */
export function multipartOf({ name, type, content }: Pick<SentFile, 'name' | 'type' | 'content'>, field = 'file') {
  const head = `--between\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return { headers: { 'content-type': 'multipart/form-data; boundary=between' }, payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--between--\r\n')]) };
}

export interface Given {
  as?: string;
  seen?: string | undefined;
  key?: string;
  body?: object;
  /** They have just shown again that it is them. */
  steppedUp?: boolean;
  /** What they hold who follow a concern by a code. */
  following?: string;
}

const no = { answer: 'no', reason: 'Invented.' };
/** A decision that nothing follows, whole. */
export const noFurtherAction = {
  limbs: { needs: no, risk: no, unable: no }, outcome: 'no_further_action', reason: 'Invented.', notSafeguardingReason: 'care_needs_only', sarReferral: false,
  wishes: { asked: 'asked_not_expressed' },
  circumstances: { protection: { answer: 'not_needed' }, mentalCapacity: { answer: 'has_capacity' }, consent: { answer: 'given' }, advocacy: { support: 'not_needed' } },
};

export const officer = 'staff-triage-1';
const west = 'E06000062';
const nobody = 'http://127.0.0.1:9';

/** The whole service with a database and a broker of its own; it takes no messages. */
export class ATriage {
  private constructor(
    readonly database: TestDatabase,
    private readonly broker: TestBroker,
    private readonly issuer: TestIssuer,
    readonly app: NestFastifyApplication,
    private readonly folder: string,
  ) {}

  /** No decision is drawn for a second look unless a test says so. */
  static async make(secondLookShare = 0, env: Record<string, string> = {}): Promise<ATriage> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-triage-'));
    const [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
    await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations });
    await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
    const { user, password } = broker.login('triage');
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, Buffer.alloc(32, 7).toString('base64'));
    Object.assign(process.env, {
      ...issuer.environment, SERVICE_NAME: 'triage', PORT: '0', LOG_LEVEL: 'silent', KEY_FILE: keyFile, SEAL_FILE: join(folder, 'seals.jsonl'), INVENTED_STAFF: 'true', SECOND_LOOK_SHARE: String(secondLookShare), WEBHOOK_NETWORKS: '127.0.0.0/8',
      DATABASE_APP_URL: database.url('triage', 'app'), DATABASE_RELAY_URL: database.url('triage', 'relay'), DATABASE_MAINTAIN_URL: database.url('triage', 'maintain'),
      NATS_URL: broker.url, NATS_USER: user, NATS_PASSWORD: password, PEOPLE_URL: nobody, DIRECTORY_URL: nobody, ...env,
    });
    const { config } = await import('../src/config.js');
    const { TriageModule } = await import('../src/triage.module.js');
    const app = await makeService(TriageModule, config);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new ATriage(database, broker, issuer, app, folder);
  }

  /** Asks as an invented person or program. */
  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, { as = officer, seen, key, body, steppedUp = false, following }: Given = {}): Promise<Answer> {
    const who = steppedUp ? { authorization: `Bearer ${await this.issuer.person(as, { claims: { acrs: [STEP_UP] } })}` } : await this.issuer.as(as);
    const headers = { ...who, ...(seen ? { 'if-match': seen } : {}), ...(key ? { 'idempotency-key': key } : {}), ...(following ? { 'caseward-following': following } : {}) };
    const answer = await this.app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return { status: answer.statusCode, etag: answer.headers['etag'] as string | undefined, body: answer.json() as Answer['body'] };
  }

  /** Sends a file for a concern, as browsers do; `following`: what somebody holds who follows it by a code. */
  async sendFile(id: string, { name = 'notes.txt', type = 'text/plain', content = 'Notes. (Invented.)', as = 'staff-partner-1', key, following }: Partial<SentFile> = {}): Promise<Answer> {
    const { headers, payload } = multipartOf({ name, type, content });
    const more = { ...(key ? { 'idempotency-key': key } : {}), ...(following ? { 'caseward-following': following } : {}) };
    const answer = await this.app.inject({ method: 'POST', url: `/concerns/${id}/files`, headers: { ...(await this.issuer.as(as)), ...more, ...headers }, payload });
    return { status: answer.statusCode, etag: undefined, body: answer.json() as Answer['body'] };
  }

  /** A file as it is given back. */
  async openFile(id: string, fileId: string, as = officer) {
    return this.app.inject({ method: 'GET', url: `/concerns/${id}/files/${fileId}`, headers: await this.issuer.as(as) });
  }

  /** Does something with a concern as whoever has just seen it. */
  async act(id: string, what: string, body: object, as = officer): Promise<Answer> {
    const { etag } = await this.ask('GET', `/concerns/${id}`, { as });
    return this.ask('POST', `/concerns/${id}/${what}`, { as, seen: etag, body });
  }

  /** The id of a concern that a partner has raised just now. */
  async raised(more: object = {}, as = 'staff-partner-1'): Promise<string> {
    const { body } = await this.ask('POST', '/concerns', { as, body: { authority: west, worry: 'A worry. (Invented.)', ...more } });
    return body['id'] as string;
  }

  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return this.app.get(Database).seeing('every').query(sql, parameters);
  }

  /** A statement past every policy, as whoever owns the database. */
  async asOwner(sql: string): Promise<void> {
    const owner = await connectClient({ url: this.database.ownerUrl, name: 'owner' });
    await owner.query(sql);
    await owner.end();
  }

  async close(): Promise<void> {
    await this.app.close();
    this.issuer.close();
    await Promise.all([this.database.close(), this.broker.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
