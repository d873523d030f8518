import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource, MigrationInterface } from 'typeorm';
import { ToldAliases } from '#libs/claims';
import {
  chain, type Check, connectClient, contractPagesAfter, dataSource, deadLetters, type DomainEvent, type Finding, migrate, Narrative, outbox, type ReadTable, readTables, recordKeys,
  SealFile, sealedAudit, sealedJournal, Sealer, type Slice, Vault,
} from '#libs/journal';
import { peerAt, type TestDatabase, testDatabase } from '#libs/testing';
import { migrations as dols } from '#apps/dols/src/migrations/index';
import { requestSlice, requestTables } from '#apps/dols/src/request/adapters/persistence/slice';
import { FactsCheck } from '#apps/metrics/src/facts/adapters/rebuild/facts.check';
import { rebuildFacts } from '#apps/metrics/src/facts/adapters/rebuild/rebuild-facts';
import { Shadow } from '#apps/metrics/src/facts/adapters/rebuild/shadow';
import { migrations as metrics } from '#apps/metrics/src/migrations/index';
import { migrations as people } from '#apps/people/src/migrations/index';
import { keptClaims } from '#apps/people/src/person/adapters/persistence/kept-claims';
import { KeptIdentities } from '#apps/people/src/person/adapters/persistence/kept-identities';
import { SealedPersonFile } from '#apps/people/src/person/adapters/persistence/sealed-person-file';
import { personSlice, personTables } from '#apps/people/src/person/adapters/persistence/slice';
import { enquirySlice, enquiryTables } from '#apps/section42/src/enquiry/adapters/persistence/slice';
import { migrations as section42 } from '#apps/section42/src/migrations/index';
import { concernSlice, concernTables } from '#apps/triage/src/concern/adapters/persistence/slice';
import { migrations as triage } from '#apps/triage/src/migrations/index';
import { InboxCheck } from '../../../libs/platform/src/inbox.check.ts';
import { lay } from './lay.ts';
import type { Laid } from './lay-batch.ts';
import { heldPlan } from './plan.ts';
import { type Keeper, keepers, takes } from './takers.ts';

type Any = Slice<any, any, any>;

const kinds: Record<Keeper, { migrations: (new () => MigrationInterface)[]; slice: Any; tables: ReadTable[] }> = {
  people: { migrations: people, slice: personSlice, tables: personTables },
  triage: { migrations: triage, slice: concernSlice, tables: concernTables },
  section42: { migrations: section42, slice: enquirySlice, tables: enquiryTables },
  dols: { migrations: dols, slice: requestSlice, tables: requestTables },
};
const key = Buffer.alloc(32, 7);
const plan = heldPlan(300, 1);

let database: TestDatabase;
let folder: string;
let laid: Laid;
const maintain = {} as Record<Keeper, DataSource>;
const urls = {} as Record<Keeper | 'directory', string>;
const servers: Server[] = [];

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'caseward-test-held-'));
  for (const service of keepers) await migrate({ url: database.url(service, 'migrate'), schema: service, migrations: kinds[service].migrations });
  await migrate({ url: database.url('metrics', 'migrate'), schema: 'metrics', migrations: metrics });
  laid = await lay({ ownerUrl: database.ownerUrl, keyOf: () => key, plan, batch: 70 });
  for (const service of keepers) {
    maintain[service] = await dataSource({ url: database.url(service, 'maintain'), name: 'test' }).initialize();
    urls[service] = await telling(service);
  }
  // The directory has told nothing.
  urls.directory = await listening(createServer((_request, response) => response.end()));
}, 120_000);
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await Promise.all(Object.values(maintain).map((one) => one.destroy()));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Tells a service's contracts as that service does. */
function telling(service: Keeper): Promise<string> {
  const { publish } = kinds[service].slice;
  const tell = async (after: number, write: (line: string) => unknown): Promise<void> => {
    for await (const page of contractPagesAfter(maintain[service], { service, publish: publish as (event: DomainEvent) => ReturnType<typeof publish>, after })) {
      for (const { position, envelope } of page) write(`${JSON.stringify({ position, ...envelope })}\n`);
    }
  };
  return listening(
    createServer((request, response) => void tell(Number(new URL(request.url!, 'http://localhost').searchParams.get('after')), (line) => response.write(line)).then(() => response.end(), () => response.destroy())),
  );
}

async function resultOf(check: Check): Promise<{ found: Finding[]; looked: number }> {
  const running = check.run();
  const found: Finding[] = [];
  for (let step = await running.next(); ; step = await running.next()) {
    if (step.done) return { found, looked: step.value.looked };
    found.push(step.value);
  }
}

const vaultOf = (service: Keeper): Vault => new Vault(service, key);
const connecting = (service: Keeper | 'metrics') => () => connectClient({ url: database.url(service, 'maintain'), name: 'test' });

describe.each(keepers)('what is held in %s', (service) => {
  it('has chains that hold, and nothing that waits for the broker or for a person', async () => {
    const { found, looked } = await resultOf(chain(maintain[service]));
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(100);
    expect((await resultOf(outbox(maintain[service], 60))).found).toEqual([]);
    expect((await resultOf(deadLetters(maintain[service]))).found).toEqual([]);
    expect((await resultOf(recordKeys(maintain[service], vaultOf(service)))).found).toEqual([]);
  });

  it('has the read tables that its journal makes', async () => {
    const { found, looked } = await resultOf(readTables(maintain[service], kinds[service]));
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(50);
  }, 60_000);

  it('is sealed as soon as somebody seals, readings included', async () => {
    const seals = { service, file: new SealFile(join(folder, `${service}.jsonl`)), vault: vaultOf(service), now: () => '2026-06-01T09:00:00.000000Z' };
    const sealer = new Sealer({ ...seals, maintain: maintain[service], everyMs: 60_000, onTrouble: (error) => { throw error; } });
    expect(await sealer.sealNow()).toBeGreaterThan(0);
    const checking = { ...seals, queries: maintain[service], lateMs: 300_000 };
    for (const check of [sealedJournal(checking), sealedAudit(checking)]) expect((await resultOf(check)).found).toEqual([]);
  });

  it('has taken everything that the others told', async () => {
    const check = new InboxCheck({ service, queries: maintain[service], publishers: urls, signing: async () => ({}), types: () => takes[service], everyMs: 30 });
    const { found, looked } = await resultOf(check);
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(50);
  });
});

describe('what is held', () => {
  it('is as much as was planned', async () => {
    expect(laid).toMatchObject({ concerns: plan.concerns, requests: plan.dols });
    const [told] = await maintain.triage.query('select count(*)::int as concerns from concern');
    expect(told).toEqual({ concerns: plan.concerns });
    const [asked] = await maintain.dols.query('select count(*)::int as requests from dols_request');
    expect(asked).toEqual({ requests: plan.dols });
  });

  it('says of everybody who they are, and finds them by it', async () => {
    const vault = vaultOf('people');
    const file = new SealedPersonFile(new Narrative(vault), vault);
    const identities = new KeptIdentities({ connect: connecting('people'), vault, database: maintain.people as never, file });
    const { found, looked } = await resultOf(identities);
    expect(found).toEqual([]);
    expect(looked).toBeGreaterThan(200);
    const claims = await resultOf(keptClaims(connecting('people'), vault));
    expect(claims).toEqual({ found: [], looked: plan.concerns + plan.dols });
  });

  it.each(['triage', 'dols'] as const)('leads nobody in %s on to anybody', async (service) => {
    expect((await resultOf(new ToldAliases({ connect: connecting(service), tellers: [peerAt(urls.people)], everyMs: 30 }))).found).toEqual([]);
  });

  it('is in the facts once they are drawn up, and equals them', async () => {
    const publishers = keepers.map((service) => peerAt(urls[service]));
    const shadow = await Shadow.open(connecting('metrics'));
    try {
      await rebuildFacts({ shadow, connect: connecting('metrics'), publishers }, () => undefined);
    } finally {
      await shadow.close();
    }
    const check = new FactsCheck({ connect: connecting('metrics'), publishers }, 30);
    expect(await resultOf(check)).toEqual({ found: [], looked: laid.events });
    const source = await dataSource({ url: database.url('metrics', 'maintain'), name: 'test' }).initialize();
    const [counted] = await source.query(`select (select count(*)::int from concern_fact where known_until is null) as concerns, (select count(*)::int from enquiry_fact where known_until is null) as enquiries,
      (select count(*)::int from dols_fact where known_until is null) as requests, (select count(*)::int from person_fact) > 200 as people`).finally(() => source.destroy());
    expect(counted).toEqual({ concerns: plan.concerns, enquiries: laid.enquiries, requests: plan.dols, people: true });
  }, 60_000);
});
