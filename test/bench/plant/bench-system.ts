import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client } from 'pg';
import type { BrokerAddress } from '#libs/messaging';
import { setUpUser } from '../../../tools/servers/nats.ts';
import { findDataFolder } from '../../../tools/servers/postgres-data.ts';
import { isAlive } from '../../../tools/servers/guard.ts';
import type { Operated } from '../../../tools/commands/tokens.ts';
import { settle } from '../../../tools/commands/settle.ts';
import { Home } from '../../../tools/start/home.ts';
import type { Running } from '../../../tools/start/running.ts';
import { openSecrets } from '../../../tools/start/secrets.ts';
import type { ServiceName } from '../../../tools/start/services.ts';
import { TestSystem } from '../../system.ts';
import { leftHomes } from './homes.ts';
import { familyOf, type Named, programOf } from './processes.ts';

/** What kind of system a bench wants. */
export interface Wish {
  /**
   * The name of a home that is kept for the next run, such as `cases-100000-seed-1`; whoever lays data into it writes a
   * file there when that is done, and looks for it first. Left out: a fresh home, removed after the bench.
   */
  keptAs?: string;
  /** Where the data lies; on disk unless said otherwise, which is where every kept home is. */
  on?: 'disk' | 'tmpfs';
  /** False: it is left to the bench to start it, where the start is what is measured. */
  isStarted?: boolean;
}

/** As a council would run it: logs written, everything sealed and audited. The load is that of many under the names of few. */
const asACouncil = { LOG_LEVEL: 'info', REQUESTS_A_MINUTE: '10000000', PAGES_A_MINUTE: '10000000' };
/** Its own servers, whatever the shell names: what is measured must be known. */
const ownServers = { DATABASE_URL: undefined, NATS_URL: undefined, OIDC_ISSUER: undefined, PORT: undefined };

/** A whole Caseward on a home of the bench's, started as `npm start -- --empty` starts it: `as`, `url`, `headersOf` and `run` ask it. */
export class BenchSystem extends TestSystem {
  readonly #standing = new Set<number>();

  constructor(folder: string) {
    super({ ...asACouncil, ...ownServers }, [], folder);
  }

  override async start(): Promise<Running> {
    const home = new Home(this.home);
    if (await home.isLocked()) throw new Error(`something runs on ${this.home} already: another bench?`);
    // What a system that was killed left behind would be taken for this one.
    rmSync(home.runningFile, { force: true });
    return super.start();
  }

  /** The running system as the commands know it. */
  get operated(): Operated {
    return { ...this.running, headersOf: (who) => this.headersOf(who) };
  }

  /** Every process that makes it up, by what it runs. */
  get processes(): Named[] {
    return this.pid === undefined ? [] : familyOf(this.pid, programOf);
  }

  /** How the broker is reached by the user that may do everything there. */
  get brokerLogin(): BrokerAddress {
    return { url: this.running.nats.url, user: setUpUser, password: openSecrets(new Home(this.home))(`broker-${setUpUser}`) };
  }

  /** The database for its owner, who sees every row. */
  get ownerUrl(): string {
    return this.running.postgres.url;
  }

  /** Waits until all that has happened has arrived everywhere. */
  async settle(): Promise<void> {
    await settle(this.operated);
  }

  /** Something done with the database as its owner. */
  async asOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.ownerUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /**
   * Has the other services stand still while something is measured, so that what is compared has the machine for itself;
   * with none named, all of them stand still; within another `alone` those of that one go on standing. A minute or two, no
   * more: the broker gives up on whoever says nothing, and the database on whoever was in the middle of something. Whoever
   * stood still for three seconds has lost the sessions of its relay and its pulse, and carries nothing for a moment after:
   * have something carried before what counts.
   */
  async alone<T>(these: readonly ServiceName[], work: () => Promise<T>): Promise<T> {
    const others = Object.entries(this.running.services).flatMap(([name, { pids }]) => (these.includes(name as ServiceName) ? [] : pids));
    const stopped = others.filter((pid) => !this.#standing.has(pid));
    for (const pid of stopped) this.#signal(pid, 'SIGSTOP');
    try {
      return await work();
    } finally {
      for (const pid of stopped) this.#signal(pid, 'SIGCONT');
    }
  }

  #signal(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (signal === 'SIGSTOP') this.#standing.add(pid);
    else this.#standing.delete(pid);
    // Where everything is being taken away it may have ended already.
    if (isAlive(pid)) process.kill(pid, signal);
  }

  /** Where its database lies: its home, where it was never started. */
  get dataFolder(): string {
    const home = new Home(this.home);
    if (!existsSync(home.secretsFolder)) return home.folder;
    return findDataFolder({ home: home.folder, homeId: openSecrets(home)('home-id').slice(0, 16) }) ?? home.folder;
  }

  /** Stops it and takes its home away, with a database that lies outside. May be repeated. */
  override async remove(): Promise<void> {
    await this.stop();
    const { dataFolder } = this;
    if (dataFolder !== this.home) rmSync(dirname(dataFolder), { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Takes away the homes of runs that were killed, with their databases. */
export async function clearAway(): Promise<void> {
  for (const folder of leftHomes()) if (!(await new Home(folder).isLocked())) await new BenchSystem(folder).remove();
}
