import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../../../tools/commands/ask.ts';
import { CommandError } from '../../../tools/commands/failure.ts';
import { freePorts, loopback } from '../../../tools/servers/ports.ts';
import { run } from '../../../tools/servers/run.ts';
import { urlOf } from '../../../tools/start/apps.ts';
import type { Ground } from '../bench.ts';
import type { Target } from '../load/posting.ts';
import { Program } from '../plant/program.ts';

/** The releases that this was written for: of Directus, and of the Node that it wants, which is needed to build a part of it too. */
const versions = { directus: '12.4.0', node: '22.23.3' };
const nodePackage = `node-${process.platform}-${process.arch}`;
const readyMs = 120_000;
const collection = 'concerns';

interface Installed {
  node: string;
  cli: string;
  folder: string;
}

/** Where `DIRECTUS_FOLDER` says that Directus was installed. Throws with the commands that install it where it is not. */
export function findDirectus(folder = process.env['DIRECTUS_FOLDER'] ?? ''): Installed {
  const installed = { folder, node: join(folder, 'node_modules', nodePackage, 'bin', 'node'), cli: join(folder, 'node_modules', 'directus', 'cli.js') };
  if (folder !== '' && existsSync(installed.node) && existsSync(installed.cli)) return installed;
  throw new CommandError(`Directus is not installed${folder === '' ? '' : ` in ${folder}`}. Install it outside the project, and say where:
  mkdir -p ~/directus && cd ~/directus && npm init -y && npm install ${nodePackage}@${versions.node}
  export npm_config_nodedir=$PWD/node_modules/${nodePackage} PATH=$PWD/node_modules/${nodePackage}/bin:$PATH
  npm install directus@${versions.directus}
  DIRECTUS_FOLDER=~/directus npm run bench -- peer`);
}

interface Kept<T> {
  data: T;
}

/** Directus with a collection for concerns, and somebody who may add to it and nothing else, signed in. */
export class Directus {
  readonly program: Program;
  readonly target: Target;

  private constructor(program: Program, target: Target) {
    this.program = program;
    this.target = target;
  }

  static async start(ground: Ground, databaseUrl: string): Promise<Directus> {
    const { node, cli, folder } = findDirectus();
    const [port = 0] = await freePorts(1);
    const admin = { email: 'admin@example.org', password: randomBytes(12).toString('hex') };
    const settings = {
      DB_CLIENT: 'pg', DB_CONNECTION_STRING: databaseUrl, SECRET: randomUUID(), KEY: randomUUID(), HOST: loopback, PORT: String(port), PUBLIC_URL: urlOf(port),
      ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, LOG_LEVEL: 'warn', TELEMETRY: 'false', CACHE_ENABLED: 'false', RATE_LIMITER_ENABLED: 'false', PRESSURE_LIMITER_ENABLED: 'false',
    };
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
    const made = await run(node, [cli, 'bootstrap'], { cwd: folder, env });
    if (!made.ok) throw new Error(`Directus could not set itself up: ${made.output}`);
    const child = spawn(node, [cli, 'start'], { cwd: folder, env, stdio: ['ignore', 2, 2] });
    let target: Target | undefined;
    const ready = isUp(urlOf(port)).then(async () => {
      target = await withCollection(urlOf(port), admin);
      return target.url;
    });
    const program = await Program.ready(ground, child, ready);
    return new Directus(program, target!);
  }
}

async function isUp(url: string): Promise<void> {
  for (const end = performance.now() + readyMs; performance.now() < end; await pause(250)) {
    if (await fetch(`${url}/server/ping`).then(({ ok }) => ok, () => false)) return;
  }
  throw new Error(`Directus did not come up within ${readyMs / 1_000} s`);
}

interface Login {
  email: string;
  password: string;
}

/** The collection, with its activity recorded as Directus does unless told otherwise; a policy that lets one add to it; whoever has that. */
async function withCollection(url: string, admin: Login): Promise<Target> {
  const login = async (who: Login) => ({ authorization: `Bearer ${(await send<Kept<{ access_token: string }>>(`${url}/auth/login`, {}, who)).data.access_token}` });
  const headers = await login(admin);
  const make = (what: string, body: object) => send<Kept<{ id: string }>>(`${url}/${what}`, headers, body);
  await make('collections', { collection, schema: {}, meta: { accountability: 'all' }, fields });
  const { data: policy } = await make('policies', { name: 'Raises concerns', admin_access: false, app_access: false });
  await make('permissions', { policy: policy.id, collection, action: 'create', fields: ['*'], permissions: {}, validation: {} });
  const { data: role } = await make('roles', { name: 'Partner' });
  await make('access', { role: role.id, policy: policy.id });
  const partner = { email: 'partner@example.org', password: randomBytes(12).toString('hex') };
  await make('users', { ...partner, role: role.id, status: 'active' });
  return { url, path: `/items/${collection}`, headers: await login(partner) };
}

const send = <T>(url: string, headers: Record<string, string>, body: object): Promise<T> =>
  ask<T>(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });

const json = (field: string) => ({ field, type: 'json', schema: {}, meta: { special: ['cast-json'] } });

/** What is posted, part by part. */
const fields = [
  { field: 'id', type: 'uuid', schema: { is_primary_key: true, length: 36, has_auto_increment: false }, meta: { special: ['uuid'], readonly: true, hidden: true } },
  { field: 'authority', type: 'string', schema: {} },
  { field: 'channel', type: 'string', schema: {} },
  { field: 'worry', type: 'text', schema: {} },
  ...['person', 'referrer', 'abuseTypes', 'wishes'].map(json),
];
