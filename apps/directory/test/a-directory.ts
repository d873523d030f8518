import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrate } from '#libs/journal';
import { setUpStreams } from '#libs/messaging';
import { Lifecycle, makeService } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';
import { migrations } from '../src/migrations/index.js';

export interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown>;
}

export interface Given {
  as?: string;
  seen?: string | undefined;
  why?: string;
  key?: string;
  body?: object;
}

export const administrator = 'staff-administrator-1';

/** The whole service with a database and a broker of its own, and the invented staff in it. */
export class ADirectory {
  private constructor(
    readonly database: TestDatabase,
    readonly broker: TestBroker,
    readonly issuer: TestIssuer,
    readonly app: NestFastifyApplication,
    private readonly folder: string,
  ) {}

  static async make(environment: Record<string, string> = {}): Promise<ADirectory> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-directory-'));
    const [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
    await migrate({ url: database.url('directory', 'migrate'), schema: 'directory', migrations });
    await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
    const { user, password } = broker.login('directory');
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, Buffer.alloc(32, 7).toString('base64'));
    Object.assign(process.env, {
      ...issuer.environment, SERVICE_NAME: 'directory', PORT: '0', LOG_LEVEL: 'silent', KEY_FILE: keyFile, SEAL_FILE: join(folder, 'seals.jsonl'),
      DATABASE_APP_URL: database.url('directory', 'app'), DATABASE_RELAY_URL: database.url('directory', 'relay'),
      DATABASE_MAINTAIN_URL: database.url('directory', 'maintain'), NATS_URL: broker.url, NATS_USER: user, NATS_PASSWORD: password, ...environment,
    });
    const { config } = await import('../src/config.js');
    const { DirectoryModule } = await import('../src/directory.module.js');
    const app = await makeService(DirectoryModule, config);
    await app.init();
    await app.get(Lifecycle).takeMessages(app);
    return new ADirectory(database, broker, issuer, app, folder);
  }

  /** Asks as an invented person; as another service what is between services. */
  async ask(method: 'GET' | 'POST', url: string, { as = url.startsWith('/internal/') ? 'operator' : administrator, seen, why, key, body }: Given = {}): Promise<Answer> {
    const headers = { ...(await this.issuer.as(as)), ...(seen ? { 'if-match': seen } : {}), ...(why ? { 'caseward-why': why } : {}), ...(key ? { 'idempotency-key': key } : {}) };
    const answer = await this.app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return { status: answer.statusCode, etag: answer.headers['etag'] as string | undefined, body: answer.json() as Answer['body'] };
  }

  /** Lines of JSON, as the internal routes answer. */
  async lines(url: string, method: 'GET' | 'POST' = 'GET'): Promise<Record<string, unknown>[]> {
    const { payload } = await this.app.inject({ method, url, headers: await this.issuer.as('operator') });
    return payload.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async close(): Promise<void> {
    await this.app.close();
    this.issuer.close();
    await Promise.all([this.database.close(), this.broker.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
