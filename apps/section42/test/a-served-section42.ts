import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { STEP_UP } from '#libs/identity';
import { migrate } from '#libs/journal';
import { connectBroker, setUpStreams } from '#libs/messaging';
import { Database, Lifecycle, makeService } from '#libs/platform';
import { type TestBroker, testBroker, type TestDatabase, testDatabase, TestIssuer } from '#libs/testing';
import { enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import { migrations } from '../src/migrations/index.js';
import { aDecision, type FromTriageMessage } from './a-section42.js';

interface Answer {
  status: number;
  etag: string | undefined;
  body: Record<string, unknown>;
}

export const allocation = { worker: 'staff-worker-1', team: 'community_north' };

interface Parts {
  database: TestDatabase;
  broker: TestBroker;
  issuer: TestIssuer;
  triage: NatsConnection;
  folder: string;
  app: NestFastifyApplication;
}

/** A whole service that is asked over HTTP, with a database and a broker of its own. */
export class AServedSection42 {
  private constructor(private readonly parts: Parts) {}

  static async start(): Promise<AServedSection42> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-section42-'));
    const [database, broker, issuer] = await Promise.all([testDatabase(), testBroker(), TestIssuer.start()]);
    await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations });
    await setUpStreams({ url: broker.url, ...broker.login('set-up') }, { maxBytes: 2 ** 26 });
    const triage = await connectBroker({ url: broker.url, ...broker.login('triage') }, 'triage');
    const { user, password } = broker.login('section42');
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, Buffer.alloc(32, 7).toString('base64'));
    Object.assign(process.env, {
      ...issuer.environment,
      SERVICE_NAME: 'section42', PORT: '0', LOG_LEVEL: 'silent', KEY_FILE: keyFile, SEAL_FILE: join(folder, 'seals.jsonl'), TRIAGE_URL: 'http://127.0.0.1:9', RECORDS_AN_HOUR: '2',
      DATABASE_APP_URL: database.url('section42', 'app'), DATABASE_RELAY_URL: database.url('section42', 'relay'),
      DATABASE_MAINTAIN_URL: database.url('section42', 'maintain'), NATS_URL: broker.url, NATS_USER: user, NATS_PASSWORD: password,
    });
    const { config } = await import('../src/config.js');
    const { Section42Module } = await import('../src/section42.module.js');
    const app = await makeService(Section42Module, config);
    await app.init();
    await app.get(Lifecycle).takeMessages(app);
    return new AServedSection42({ database, broker, issuer, triage, folder, app });
  }

  async ask(method: 'GET' | 'POST', url: string, given: { as?: string; seen?: string | undefined; why?: string; body?: object; steppedUp?: boolean } = {}): Promise<Answer> {
    const { as = 'staff-manager-1', seen, why, body, steppedUp = false } = given;
    const { app, issuer } = this.parts;
    const who = steppedUp ? { authorization: `Bearer ${await issuer.person(as, { claims: { acrs: [STEP_UP] } })}` } : await issuer.as(as);
    const headers = { ...who, ...(seen ? { 'if-match': seen } : {}), ...(why ? { 'caseward-why': why } : {}) };
    const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return { status: answer.statusCode, etag: answer.headers['etag'] as string | undefined, body: answer.json() as Answer['body'] };
  }

  /** Publishes what triage tells, and says where it lies. */
  async tell(message: Pick<FromTriageMessage, 'id'> & { type: string }): Promise<number> {
    return (await jetstream(this.parts.triage).publish(message.type, JSON.stringify(message), { msgID: message.id })).seq;
  }

  /** A section 42 enquiry that a decision has just opened. */
  async opened(): Promise<{ id: string; concernId: string; etag: string }> {
    const concernId = randomUUID();
    await this.tell(aDecision(concernId));
    const id = enquiryIdOf(concernId);
    let etag: string | undefined;
    await this.eventually(async () => {
      const answer = await this.ask('GET', `/enquiries/${id}`);
      etag = answer.etag;
      return answer.status === 200;
    });
    return { id, concernId, etag: etag! };
  }

  /** What its database holds, whoever it belongs to. */
  every<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return this.parts.app.get(Database).seeing('every').query<Row[]>(sql, values);
  }

  async eventually(isSo: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 500; tries += 1, await pause(20)) if (await isSo()) return;
    throw new Error('it never came to that');
  }

  /** What triage tells of whom a concern is open to, once it was taken. */
  async restrict(concernId: string, openTo: string[], sequence: number): Promise<void> {
    await this.tell({ ...aDecision(concernId), sequence, type: 'safeguarding.concern.restricted.v1', data: { openTo } } as never);
    await this.eventually(async () => (await this.every('select from restriction where record_id = $1 and sequence = $2 and named = any($3)', enquiryIdOf(concernId), sequence, openTo)).length === openTo.length);
  }
  async close(): Promise<void> {
    const { app, issuer, triage, database, broker, folder } = this.parts;
    await app.close();
    issuer.close();
    await triage.close();
    await Promise.all([database.close(), broker.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
