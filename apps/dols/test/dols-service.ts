import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 } from 'uuid';
import type { Imported } from '#libs/extract';
import { migrate } from '#libs/journal';
import { setUpStreams } from '#libs/messaging';
import { Lifecycle, makeService } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';

/** A whole service `dols`, with a database and a broker of its own. */
export class DolsService {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly database: TestDatabase,
    readonly broker: TestBroker,
    readonly issuer: TestIssuer,
    private readonly folder: string,
  ) {}

  static async start(peopleUrl = 'http://127.0.0.1:9', directoryUrl = 'http://127.0.0.1:9', env: Record<string, string> = {}): Promise<DolsService> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-test-dols-'));
    writeFileSync(join(folder, 'key'), Buffer.alloc(32, 7).toString('base64'));
    const [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
    const { migrations } = await import('../src/migrations/index.js');
    await migrate({ url: database.url('dols', 'migrate'), schema: 'dols', migrations });
    await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
    const { user, password } = broker.login('dols');
    Object.assign(process.env, {
      ...issuer.environment,
      SERVICE_NAME: 'dols',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_APP_URL: database.url('dols', 'app'),
      DATABASE_RELAY_URL: database.url('dols', 'relay'),
      DATABASE_MAINTAIN_URL: database.url('dols', 'maintain'),
      NATS_URL: broker.url,
      NATS_USER: user,
      NATS_PASSWORD: password,
      KEY_FILE: join(folder, 'key'),
      SEAL_FILE: join(folder, 'seals.jsonl'),
      PEOPLE_URL: peopleUrl,
      DIRECTORY_URL: directoryUrl,
      ...env,
    });
    const [{ DolsModule }, { config }] = await Promise.all([import('../src/dols.module.js'), import('../src/config.js')]);
    const app = await makeService(DolsModule, config);
    await app.listen(0, '127.0.0.1');
    await app.get(Lifecycle).takeMessages(app);
    return new DolsService(app, await app.getUrl(), database, broker, issuer, folder);
  }

  async import(csv: string | Uint8Array<ArrayBuffer>, options: { run?: string; dryRun?: boolean; beganAt?: string } = {}): Promise<Imported> {
    const query = new URLSearchParams({ began_at: options.beganAt ?? '2025-08-01T09:00:00.000000Z', dry_run: String(options.dryRun ?? false) });
    const answer = await fetch(`${this.url}/internal/imports/${options.run ?? v7()}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...(await this.issuer.as('operator')) },
      body: csv,
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Imported;
  }

  /** Asks as an invented person; as another service what is between services. */
  async ask(method: 'GET' | 'POST', path: string, body?: object, { as = path.startsWith('/internal/') ? 'operator' : 'staff-dols-1', ...headers }: { as?: string } & Record<string, string> = {}) {
    const answer = await fetch(this.url + path, {
      method,
      headers: { ...(await this.issuer.as(as)), ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, etag: answer.headers.get('etag'), body: (await answer.json()) as Record<string, unknown> };
  }

  async close(): Promise<void> {
    await this.app.close();
    this.issuer.close();
    await Promise.all([this.database.close(), this.broker.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
