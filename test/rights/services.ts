import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationInterface } from 'typeorm';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrate } from '#libs/journal';
import { setUpStreams } from '#libs/messaging';
import { makeService, type ServiceConfig } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';

export type Name = 'people' | 'triage' | 'section42' | 'dols' | 'directory' | 'metrics';

interface Parts {
  migrations(): Promise<(new () => MigrationInterface)[]>;
  module(): Promise<Type>;
  config(): Promise<ServiceConfig>;
}

/** Each is loaded only when its environment is there. */
const parts: Record<Name, Parts> = {
  people: {
    migrations: async () => (await import('../../apps/people/src/migrations/index.js')).migrations,
    module: async () => (await import('../../apps/people/src/people.module.js')).PeopleModule,
    config: async () => (await import('../../apps/people/src/config.js')).config,
  },
  triage: {
    migrations: async () => (await import('../../apps/triage/src/migrations/index.js')).migrations,
    module: async () => (await import('../../apps/triage/src/triage.module.js')).TriageModule,
    config: async () => (await import('../../apps/triage/src/config.js')).config,
  },
  section42: {
    migrations: async () => (await import('../../apps/section42/src/migrations/index.js')).migrations,
    module: async () => (await import('../../apps/section42/src/section42.module.js')).Section42Module,
    config: async () => (await import('../../apps/section42/src/config.js')).config,
  },
  dols: {
    migrations: async () => (await import('../../apps/dols/src/migrations/index.js')).migrations,
    module: async () => (await import('../../apps/dols/src/dols.module.js')).DolsModule,
    config: async () => (await import('../../apps/dols/src/config.js')).config,
  },
  directory: {
    migrations: async () => (await import('../../apps/directory/src/migrations/index.js')).migrations,
    module: async () => (await import('../../apps/directory/src/directory.module.js')).DirectoryModule,
    config: async () => (await import('../../apps/directory/src/config.js')).config,
  },
  metrics: {
    migrations: async () => (await import('../../apps/metrics/src/migrations/index.js')).migrations,
    module: async () => (await import('../../apps/metrics/src/metrics.module.js')).MetricsModule,
    config: async () => (await import('../../apps/metrics/src/config.js')).config,
  },
};

const nobody = 'http://127.0.0.1:9';

/** Services in this process, each with its schema of one database; they take no messages. */
export class Services {
  readonly #started: NestFastifyApplication[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly broker: TestBroker,
    readonly issuer: TestIssuer,
    private readonly folder: string,
  ) {}

  static async prepare(): Promise<Services> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-test-rights-'));
    writeFileSync(join(folder, 'key'), Buffer.alloc(32, 7).toString('base64'));
    const [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
    await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
    return new Services(database, broker, issuer, folder);
  }

  async start(name: Name): Promise<NestFastifyApplication> {
    const { migrations, module, config } = parts[name];
    await migrate({ url: this.database.url(name, 'migrate'), schema: name, migrations: await migrations() });
    const { user, password } = this.broker.login(name);
    Object.assign(process.env, {
      ...this.issuer.environment, SERVICE_NAME: name, PORT: '0', LOG_LEVEL: 'silent', REQUESTS_A_MINUTE: '100000',
      DATABASE_APP_URL: this.database.url(name, 'app'), DATABASE_RELAY_URL: this.database.url(name, 'relay'), DATABASE_MAINTAIN_URL: this.database.url(name, 'maintain'),
      NATS_URL: this.broker.url, NATS_USER: user, NATS_PASSWORD: password,
      KEY_FILE: join(this.folder, 'key'), SEAL_FILE: join(this.folder, `${name}.jsonl`),
      PEOPLE_URL: nobody, TRIAGE_URL: nobody, SECTION42_URL: nobody, DOLS_URL: nobody, DIRECTORY_URL: nobody,
    });
    const app = await makeService(await module(), await config());
    this.#started.push(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return app;
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map((app) => app.close()));
    this.issuer.close();
    await Promise.all([this.database.close(), this.broker.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
