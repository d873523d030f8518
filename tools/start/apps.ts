import { stages } from '../servers/guard.ts';
import { loopback } from '../servers/ports.ts';
import type { ChildSpec } from '../servers/supervisor.ts';
import { roleUrl } from './database.ts';
import { clientKeyFile } from './client-keys.ts';
import { compiledFolder, type Home, projectFolder } from './home.ts';
import type { Identity } from './identity.ts';
import type { Infrastructure } from './infrastructure.ts';
import { keyFile, type Secrets } from './secrets.ts';
import { serviceNames, type ServiceName, type SiteName, siteSchemas } from './services.ts';

/** What every process of one running system is told alike. */
export interface Setting {
  home: Home;
  secrets: Secrets;
  infrastructure: Infrastructure;
  servicePorts: Record<ServiceName, number>;
  identity: Identity;
}

export const urlOf = (port: number): string => `http://${loopback}:${port}`;

/** Ours to give, not to pass on: a service signs in with its own role, never as the owner. */
const keptBack = /^(DATABASE_URL|NATS_URL|PORT|npm_.*|INIT_CWD|OIDC_.*|CLIENT_.*|INVENTED_STAFF|JEST_.*|NODE_CHANNEL_.*)$/;

/** Where programs of invented partners may be told of changes. */
const thisMachine = '127.0.0.0/8,::1/128';

/** A service as a child; with several instances, each shares the service's port with its twins. */
export function serviceSpec(setting: Setting, service: ServiceName, instance: { number: number; of: number }): ChildSpec {
  const { home, secrets, infrastructure, servicePorts } = setting;
  const login = infrastructure.brokerLogin(service);
  const url = (role: 'app' | 'relay' | 'maintain'): string => roleUrl(infrastructure.ownerUrl, { service, role }, secrets);
  const env = {
    DATABASE_APP_URL: url('app'),
    DATABASE_RELAY_URL: url('relay'),
    DATABASE_MAINTAIN_URL: url('maintain'),
    NATS_URL: infrastructure.natsUrl,
    NATS_USER: login.user,
    NATS_PASSWORD: login.password,
    KEY_FILE: keyFile(home, service),
    SEAL_FILE: home.sealFile(service),
    // Whoever the provider for trying out lets in is invented.
    ...(setting.identity.isLocal ? { INVENTED_STAFF: 'true', WEBHOOK_NETWORKS: process.env['WEBHOOK_NETWORKS'] ?? thisMachine } : {}),
    ...(instance.of > 1 ? { REUSE_PORT: 'true' } : {}),
  };
  const name = instance.number === 1 ? service : `${service}-${instance.number}`;
  return appSpec(setting, { app: service, name, port: servicePorts[service], env, stage: stages.service });
}

/** A site as a child. */
export function siteSpec(setting: Setting, site: SiteName, port: number): ChildSpec {
  const { infrastructure, secrets } = setting;
  const env = {
    SESSION_SECRET: secrets(`${site}-session`),
    SITE_URL: urlOf(port),
    DATABASE_APP_URL: roleUrl(infrastructure.ownerUrl, { service: siteSchemas[site], role: 'app' }, secrets),
  };
  return appSpec(setting, { app: site, name: site, port, env, stage: stages.site });
}

interface App {
  app: string;
  name: string;
  port: number;
  env: Record<string, string>;
  stage: typeof stages.site | typeof stages.service;
}

/** Bounds of what a process keeps. Held to so little, V8 would look for garbage whenever a third more is kept: it may be three fifths more. */
const memory = ['--max-old-space-size=160', '--max-semi-space-size=16', '--heap-growing-percent=60'];

function appSpec(setting: Setting, { app, name, port, env, stage }: App): ChildSpec {
  return {
    name,
    command: process.execPath,
    args: [...memory, '--enable-source-maps', '--import', './dist/libs/platform/src/telemetry.js', `dist/bundles/${app}.js`],
    cwd: projectFolder,
    env: { ...inherited(), NODE_COMPILE_CACHE: compiledFolder, ...sharedEnv(setting), SERVICE_NAME: app, CLIENT_ID: app, CLIENT_KEY_FILE: clientKeyFile(setting.home, app), PORT: String(port), HOST: loopback, ...env },
    logFile: setting.home.logFile(name),
    stage,
    stopSignal: 'SIGTERM',
    hasChannel: true,
    isReady: (pid) => isOurs(`${urlOf(port)}/health`, { app, home: homeName(setting.secrets), pid }),
  };
}

const homeName = (secrets: Secrets): string => secrets('home-id').slice(0, 8);

/**
 * Whether it is well, and the app of this home: another system may have taken the port in between. A twin that shares the
 * port may answer in its place; a new connection each time comes to the right one at last.
 */
async function isOurs(url: string, { app, home, pid }: { app: string; home: string; pid: number | undefined }): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000), headers: { connection: 'close' } });
  const said = (await answer.json()) as { name?: string; home?: string; pid?: number };
  return answer.status === 200 && said.name === app && said.home === home && (said.pid === undefined || pid === undefined || said.pid === pid);
}

function sharedEnv({ secrets, servicePorts, identity }: Setting): Record<string, string> {
  const urls = serviceNames.map((service) => [`${service.toUpperCase()}_URL`, urlOf(servicePorts[service])]);
  const provider = { OIDC_ISSUER: identity.issuer, API_AUDIENCE: identity.audience, OIDC_FLAVOUR: identity.flavour };
  return { ...Object.fromEntries(urls), ...provider, CASEWARD_HOME_NAME: homeName(secrets), LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info' };
}

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !keptBack.test(name)));
}
