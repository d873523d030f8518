import { rmSync } from 'node:fs';
import { Guard, waitForOldGuard } from '../servers/guard.ts';
import { freePorts, sitePorts } from '../servers/ports.ts';
import { Supervisor } from '../servers/supervisor.ts';
import { watchBroker } from './broker-watch.ts';
import { serviceSpec, type Setting, siteSpec, urlOf } from './apps.ts';
import { identityOf, providerSpec } from './identity.ts';
import type { Home } from './home.ts';
import { type Infrastructure, raiseInfrastructure } from './infrastructure.ts';
import { prepareInfrastructure, prepareStreams } from './prepare.ts';
import { type Running, writeRunning } from './running.ts';
import { openSecrets } from './secrets.ts';
import { onFreePort } from './site-port.ts';
import { serviceNames, type ServiceName, type SiteName } from './services.ts';

export interface SystemOptions {
  home: Home;
  say(line: string): void;
  /** Processes per service. */
  instances?: number;
  /** The port asked for the first site, as the environment has it. */
  port?: string | undefined;
}

/** On one machine the broker shares its disk with the database. */
const streamBytes = 4 * 2 ** 30;
const makeAgainMs = 2_000;

/** Everything that makes up Caseward on one machine, started and stopped as one. */
export class System {
  readonly #options: SystemOptions;
  #guard: Guard | undefined;
  #supervisor: Supervisor | undefined;
  #unlock: () => void = () => undefined;
  #stopped: Promise<void> | undefined;
  readonly #watching = new AbortController();

  constructor(options: SystemOptions) {
    this.#options = options;
  }

  /** Brings everything up and says where it is; when something does not come up, takes the rest down again and throws. */
  async start(): Promise<Running> {
    try {
      return await this.#start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Takes everything down in order; nothing of it is left when this resolves. May be called at any moment. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Has a process that is not ours to keep running ended with us. */
  get guard(): Guard | undefined {
    return this.#guard;
  }

  async #start(): Promise<Running> {
    const { home, say, instances = 1 } = this.#options;
    home.prepare();
    this.#unlock = await home.lock();
    await waitForOldGuard(home.guardFile);
    rmSync(home.runningFile, { force: true });
    this.#guard = new Guard(home.guardFile, home.runningFile);
    const supervisor = new Supervisor(this.#guard, say);
    this.#supervisor = supervisor;
    const secrets = openSecrets(home);
    const infrastructure = await raiseInfrastructure({ home, secrets, supervisor, say });
    await prepareInfrastructure(infrastructure, secrets, { maxBytes: streamBytes });
    // Late, since another system may be starting: a port is free only until somebody listens there.
    const chosen = await sitePorts(this.#options.port);
    const [providerPort = 0, ...ports] = await freePorts(serviceNames.length + 1);
    const servicePorts = Object.fromEntries(serviceNames.map((name, at) => [name, ports[at]])) as Record<ServiceName, number>;
    const setting = { home, secrets, infrastructure, servicePorts, identity: identityOf(providerPort) };
    const sites = await startApps(supervisor, { setting, sites: chosen, instances, arePortsAsked: Boolean(this.#options.port) });
    const describe = (): Running => describeRunning(supervisor, { setting, sites, instances });
    supervisor.onRestart = (name) => {
      writeRunning(home, describe());
      if (name === 'nats') this.#makeStreams(infrastructure);
    };
    writeRunning(home, describe());
    // A broker that we were given is somebody else's to end.
    if (supervisor.pid('nats')) void watchBroker(infrastructure, { end: () => supervisor.kill('nats'), say }, this.#watching.signal);
    return describe();
  }

  /** The broker may have lost its store; the relays fill the streams again. */
  #makeStreams(infrastructure: Infrastructure): void {
    prepareStreams(infrastructure, { maxBytes: streamBytes }).catch((error: Error) => {
      this.#options.say(`The broker is back, but its streams could not be made sure of (${error.message}); trying again in ${makeAgainMs / 1000} s`);
      setTimeout(() => this.#makeStreams(infrastructure), makeAgainMs).unref();
    });
  }

  async #stop(): Promise<void> {
    this.#watching.abort();
    if (this.#guard) rmSync(this.#options.home.runningFile, { force: true });
    await this.#supervisor?.stop();
    await this.#guard?.close();
    this.#unlock();
  }
}

interface Apps {
  setting: Setting;
  sites: [number, number];
  instances: number;
}

/** Returns the ports that the sites got. */
async function startApps(supervisor: Supervisor, { setting, sites: chosen, instances, arePortsAsked }: Apps & { arePortsAsked: boolean }): Promise<[number, number]> {
  const orFrom = arePortsAsked ? undefined : Math.max(...chosen) + 1;
  const site = (name: SiteName, port: number): Promise<number> => onFreePort({ port, orFrom }, (at) => supervisor.start(siteSpec(setting, name, at)));
  const startSites = async (): Promise<[number, number]> => {
    const sites = await Promise.all([site('partner-site', chosen[0]), site('staff-site', chosen[1])]);
    // It has to know where people come back to when they have signed in.
    if (setting.identity.isLocal) await supervisor.start(providerSpec(setting.identity, { ...setting, sites: { 'partner-site': urlOf(sites[0]), 'staff-site': urlOf(sites[1]) } }));
    return sites;
  };
  const [sites] = await Promise.all([startSites(), ...serviceNames.map((name) => supervisor.start(serviceSpec(setting, name, { number: 1, of: instances })))]);
  for (let number = 2; number <= instances; number += 1) {
    await Promise.all(serviceNames.map((name) => supervisor.start(serviceSpec(setting, name, { number, of: instances }))));
  }
  return sites;
}

function describeRunning(supervisor: Supervisor, { setting, sites, instances }: Apps): Running {
  const services = serviceNames.map((name) => {
    const names = Array.from({ length: instances }, (_, at) => (at === 0 ? name : `${name}-${at + 1}`));
    const url = urlOf(setting.servicePorts[name]);
    const pids = names.map((one) => supervisor.pid(one)).filter((pid) => pid !== undefined);
    return [name, { url, pids, openapi: `${url}/openapi.json` }];
  });
  return {
    sites: { partner: urlOf(sites[0]), staff: urlOf(sites[1]) },
    identity: { issuer: setting.identity.issuer, audience: setting.identity.audience, isLocal: setting.identity.isLocal },
    services: Object.fromEntries(services) as Running['services'],
    nats: { url: setting.infrastructure.natsUrl, pid: supervisor.pid('nats') ?? null },
    postgres: { url: setting.infrastructure.ownerUrl, pid: supervisor.pid('postgres') ?? null },
  };
}
