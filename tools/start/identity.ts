import { join } from 'node:path';
import { inventedClients } from '../../libs/platform/src/invented-clients.ts';
import type { PlannedClient, ProviderPlan } from '../provider/plan.ts';
import { whyNot } from '../provider/refuse.ts';
import { stages } from '../servers/guard.ts';
import { loopback } from '../servers/ports.ts';
import { type ChildSpec, StartError } from '../servers/supervisor.ts';
import { privateKey, publicKey } from './client-keys.ts';
import { type Home, projectFolder } from './home.ts';
import { type Secrets, writeWhole } from './secrets.ts';
import { serviceNames } from './services.ts';

/** Who says who somebody is. */
export interface Identity {
  issuer: string;
  audience: string;
  flavour: 'standard' | 'entra';
  /** Nobody real signs in: the provider is ours, for trying out. */
  isLocal: boolean;
}

const audience = 'api://caseward';

/** The provider that the environment names, or else one of our own on this port. */
export function identityOf(port: number, env = process.env): Identity {
  const given = env['OIDC_ISSUER'];
  const flavour = env['OIDC_FLAVOUR'] === 'entra' ? 'entra' : 'standard';
  if (given) return { issuer: given, audience: env['API_AUDIENCE'] ?? audience, flavour, isLocal: false };
  return { issuer: `http://${loopback}:${port}`, audience, flavour: 'standard', isLocal: true };
}

interface Around {
  home: Home;
  secrets: Secrets;
  /** Where the sites are to be found, by name; the faults' systems have none. */
  sites: Record<string, string>;
}

/** Our own provider as a child: with the keys of every program of the home, in a file for its eyes alone. */
export function providerSpec(identity: Identity, { home, secrets, sites }: Around): ChildSpec {
  const context = process.env['SIGN_IN_CONTEXT'];
  const planned: ProviderPlan = {
    ...identity,
    ...(context ? { signInContext: context } : {}),
    signingKey: privateKey(home, 'provider') as ProviderPlan['signingKey'],
    cookieSecret: secrets('provider-cookies'),
    listening: [loopback],
    clients: clientsOf(home, sites),
  };
  // Every app is told where to listen, whatever a shell has in HOST.
  const real = process.env['OIDC_ISSUER'] ? { OIDC_ISSUER: process.env['OIDC_ISSUER'] } : {};
  const why = whyNot(planned, real);
  if (why) throw new StartError(why);
  const file = join(home.secretsFolder, 'provider.json');
  writeWhole(file, `${JSON.stringify(planned)}\n`);
  const homeName = secrets('home-id').slice(0, 8);
  return {
    name: 'provider',
    command: process.execPath,
    args: ['--max-old-space-size=96', 'tools/provider/main.ts'],
    cwd: projectFolder,
    env: { ...real, PATH: process.env['PATH'], PROVIDER_FILE: file, CASEWARD_HOME_NAME: homeName },
    logFile: home.logFile('provider'),
    stage: stages.service,
    stopSignal: 'SIGTERM',
    hasChannel: true,
    isReady: async () => {
      const answer = await fetch(`${identity.issuer}/health`, { signal: AbortSignal.timeout(3_000) });
      const { name, home: of } = (await answer.json()) as { name?: string; home?: string };
      return name === 'provider' && of === homeName;
    },
  };
}

function clientsOf(home: Home, sites: Record<string, string>): PlannedClient[] {
  const planned = (id: string, kind: PlannedClient['kind'], keyOf = id): PlannedClient => ({ id, kind, publicKey: publicKey(home, keyOf) as PlannedClient['publicKey'] });
  return [
    ...Object.entries(sites).map(([id, url]) => ({ ...planned(id, 'site'), url })),
    ...serviceNames.map((name) => planned(name, 'service')),
    ...inventedClients.map(({ id, keyOf }) => planned(id, 'system', keyOf)),
    planned('operator', 'operator'),
  ];
}
