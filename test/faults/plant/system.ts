import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Guard } from '../../../tools/servers/guard.ts';
import { setUpUser } from '../../../tools/servers/nats.ts';
import { freePorts, loopback } from '../../../tools/servers/ports.ts';
import { databaseUrl, preparePostgres } from '../../../tools/servers/postgres.ts';
import { type Operated, operated } from '../../../tools/commands/tokens.ts';
import { serviceSpec, type Setting, urlOf } from '../../../tools/start/apps.ts';
import { makeDatabase } from '../../../tools/start/database.ts';
import { Home } from '../../../tools/start/home.ts';
import { identityOf, providerSpec } from '../../../tools/start/identity.ts';
import { prepareInfrastructure } from '../../../tools/start/prepare.ts';
import { type Running, writeRunning } from '../../../tools/start/running.ts';
import { openSecrets, type Secrets } from '../../../tools/start/secrets.ts';
import { serviceNames, type ServiceName } from '../../../tools/start/services.ts';
import { Collector } from '../../collector.ts';
import { type Broker, makeStreams, planBrokers } from './brokers.ts';
import { Disks } from './disks.ts';
import { Door } from './door.ts';
import { drawnArmed, drawnCompiled, drawnMain } from './drawn.ts';
import { Kept } from './kept.ts';
import { Meant } from './meant.ts';
import type { Order } from './orders.ts';

/** What a fault needs that not every system has. */
export interface Shape {
  brokers: 1 | 3;
  /** Broker and database each on a small file system of their own. */
  smallDisks: boolean;
}

/** What the relay's session is called in the database. */
export const relaySession = (service: ServiceName, number: 1 | 2): string => `${service}-relay-${number}`;

/**
 * A whole Caseward out of the parts that `npm start` is made of, each process in the hands of the faults, and with a door
 * between the services and either server. The pages are left out: they hold nothing.
 */
export class FaultSystem {
  readonly home: Home;
  readonly shape: Shape;
  readonly collector = new Collector();
  readonly databaseDoor: Door;
  readonly brokerDoor: Door;
  readonly #guard: Guard;
  readonly #disks: Disks;
  readonly #unlock: () => void;
  #brokers: Broker[] = [];
  #secrets: Secrets;
  #databasePort = 0;
  #collectorUrl = '';
  #setting!: Setting;
  #clockMs = 0;
  #wasClockMoved = false;
  /** What faults put into streams and letters, so that it is not taken for an error. */
  readonly meant = new Meant();
  database!: Kept;
  brokers: Kept[] = [];
  services!: Record<ServiceName, Kept>;
  readonly #twins = new Map<ServiceName, Kept>();
  #provider: Kept | undefined;
  #operated: Operated | undefined;

  private constructor(home: Home, shape: Shape, unlock: () => void) {
    this.home = home;
    this.shape = shape;
    this.#unlock = unlock;
    this.#guard = new Guard(home.guardFile, home.runningFile);
    this.#disks = new Disks(home.folder);
    this.#secrets = openSecrets(home);
    this.databaseDoor = new Door(() => this.#databasePort);
    this.brokerDoor = new Door(() => this.#brokers[0]!.port);
  }

  /** A home for a system that is not started yet, but may be removed. */
  static async make(shape: Shape): Promise<FaultSystem> {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-faults-'));
    // The database's account must be able to enter.
    chmodSync(folder, 0o711);
    const home = new Home(folder);
    home.prepare();
    return new FaultSystem(home, shape, await home.lock());
  }

  async start(): Promise<void> {
    const { home, shape } = this;
    if (shape.smallDisks) await this.#disks.mount();
    this.#collectorUrl = await this.collector.start();
    [this.#databasePort = 0] = await freePorts(1);
    this.#brokers = await planBrokers(home, this.#secrets, shape.brokers);
    this.database = new Kept(await preparePostgres(this.#plan()), this.#guard);
    this.brokers = this.#brokers.map(({ spec }) => new Kept(spec, this.#guard));
    await Promise.all([this.database, ...this.brokers].map((one) => one.start()));
    await makeDatabase(databaseUrl(this.#plan(), 'postgres'), 'caseward');
    // A cluster takes a while to be ready to be asked.
    await this.makeStreams();
    const direct = { ownerUrl: this.ownerUrl, natsUrl: this.brokerUrl(), brokerLogin: this.#login };
    await prepareInfrastructure(direct, this.#secrets, { maxBytes: 2 ** 30, replicas: shape.brokers });
    this.#setting = await this.#set();
    const kept = serviceNames.map((service) => [service, new Kept(this.#serviceSpec(service, 1), this.#guard)] as const);
    this.#provider = new Kept(providerSpec(this.#setting.identity, { ...this.#setting, sites: {} }), this.#guard);
    this.services = Object.fromEntries(kept) as Record<ServiceName, Kept>;
    await Promise.all([this.#provider, ...Object.values(this.services)].map((one) => one.start()));
    // For the commands, which find a running system by its home.
    writeRunning(this.home, this.#running());
  }

  /** The headers with which somebody asks: an invented person, or the operator where nobody is named. */
  async headersOf(who?: string): Promise<Record<string, string>> {
    return (this.#operated ??= operated(this.home, this.#running())).headersOf(who);
  }

  get broker(): Kept {
    return this.brokers[0]!;
  }

  url(service: ServiceName): string {
    return urlOf(this.#setting.servicePorts[service]);
  }

  /** A second process of a service on the same port; not started yet. */
  twin(service: ServiceName): Kept {
    const twin = this.#twins.get(service) ?? new Kept(this.#serviceSpec(service, 2), this.#guard);
    this.#twins.set(service, twin);
    return twin;
  }

  /** The database for whoever owns it, past the door. */
  get ownerUrl(): string {
    return databaseUrl(this.#plan(), 'caseward');
  }

  /** How the broker is reached past the door, by the user that may do everything there. */
  get brokerLogin(): { url: string; user: string; password: string } {
    return { url: this.brokerUrl(this.brokers.findIndex(({ isUp }) => isUp)), user: setUpUser, password: this.#secrets(`broker-${setUpUser}`) };
  }

  brokerUrl(at = 0): string {
    return `nats://${loopback}:${this.#brokers[Math.max(0, at)]!.port}`;
  }

  brokerStore(at = 0): string {
    return this.#brokers[at]!.store;
  }

  /** Makes streams and consumers that are not there, as every start does. */
  async makeStreams(): Promise<void> {
    await makeStreams(this.brokerLogin, this.shape.brokers);
  }

  /** Something done with the database as its owner. */
  async asOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.ownerUrl, connectionTimeoutMillis: 30_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** How far the injected clock of every service is from the machine's. */
  get clockMs(): number {
    return this.#clockMs;
  }

  /** Cases of another time may be about ever since. */
  get wasClockMoved(): boolean {
    return this.#wasClockMoved;
  }

  moveClock(ms: number): void {
    this.#clockMs = ms;
    this.#wasClockMoved = true;
    this.tellAll({ clockMs: ms });
  }

  tellAll(order: Order): void {
    for (const service of Object.values(this.services)) service.tell(order);
  }

  get disks(): Disks {
    return this.#disks;
  }

  async remove(): Promise<void> {
    await Promise.all([...Object.values(this.services ?? {}), ...this.#twins.values()].map((one) => one.end('SIGKILL')));
    await Promise.all([...this.brokers, ...[this.database, this.#provider].filter((one) => one !== undefined)].map((one) => one.end('SIGKILL')));
    await Promise.all([this.databaseDoor.close(), this.brokerDoor.close(), this.collector.stop()]);
    await this.#guard.close();
    this.#unlock();
    await this.#disks.unmount();
    rmSync(this.home.folder, { recursive: true, force: true });
  }

  #plan() {
    const { folder } = this.home;
    return { home: folder, homeId: this.#secrets('home-id').slice(0, 16), owner: 'caseward', password: this.#secrets('postgres-owner'), port: this.#databasePort, logFile: this.home.logFile('postgres') };
  }

  readonly #login = (user: string): { user: string; password: string } => ({ user, password: this.#secrets(`broker-${user}`) });

  async #set(): Promise<Setting> {
    const [providerPort = 0, ...ports] = await freePorts(serviceNames.length + 1);
    const servicePorts = Object.fromEntries(serviceNames.map((name, at) => [name, ports[at]])) as Record<ServiceName, number>;
    const ownerUrl = new URL(this.ownerUrl);
    ownerUrl.port = String(await this.databaseDoor.open());
    // The servers of a cluster tell their clients of one another, past any door.
    const natsUrl = this.shape.brokers > 1 ? this.brokerUrl() : urlOf(await this.brokerDoor.open()).replace('http', 'nats');
    return { home: this.home, secrets: this.#secrets, infrastructure: { ownerUrl: ownerUrl.href, natsUrl, brokerLogin: this.#login }, servicePorts, identity: identityOf(providerPort, {}) };
  }

  #serviceSpec(service: ServiceName, number: 1 | 2) {
    const spec = serviceSpec(this.#setting, service, { number, of: 2 });
    const telemetry = { OTEL_EXPORTER_OTLP_ENDPOINT: this.#collectorUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_BSP_SCHEDULE_DELAY: '500', OTEL_METRIC_EXPORT_INTERVAL: '5000', OTEL_METRIC_EXPORT_TIMEOUT: '1000' };
    // So that whoever looks at the database can tell which of the two holds the relay's lock.
    const relay = `${spec.env?.['DATABASE_RELAY_URL']}?application_name=${relaySession(service, number)}`;
    // The load is that of many people, under the names of few.
    const pace = { REQUESTS_A_MINUTE: '1000000' };
    const env = { ...spec.env, ...telemetry, ...pace, DATABASE_RELAY_URL: relay, NODE_COMPILE_CACHE: drawnCompiled };
    return { ...spec, args: [...spec.args.slice(0, -1), '--import', drawnArmed, drawnMain(service)], env };
  }

  #running(): Running {
    const services = Object.fromEntries(serviceNames.map((name) => [name, { url: this.url(name), pids: [this.services[name].pid], openapi: `${this.url(name)}/openapi.json` }]));
    return { sites: { partner: '', staff: '' }, identity: this.#setting.identity, services, nats: { url: this.brokerUrl(), pid: this.broker.pid }, postgres: { url: this.ownerUrl, pid: this.database.pid } };
  }
}
