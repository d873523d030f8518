import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Plugin } from 'rolldown';
import { drawTogether, mainOf } from '../../../tools/bundling.ts';
import { freePorts } from '../../../tools/servers/ports.ts';
import { urlOf } from '../../../tools/start/apps.ts';
import { projectFolder } from '../../../tools/start/home.ts';
import { eventually } from '../../asking.ts';
import type { Ground } from '../bench.ts';
import type { BenchSystem } from './bench-system.ts';
import { Program } from './program.ts';


/** What stands between a request and a record. */
export const guards = ['signing in', 'rights', 'encryption', 'audit'] as const;

export type Guard = (typeof guards)[number];

/** A function that does nothing of its own any more, but says this at once. */
interface Idle {
  file: string;
  name: string;
  says: string;
}

const idle: Record<Guard, readonly Idle[]> = {
  // What the token says is believed.
  'signing in': [{ file: 'libs/identity/src/token-verifier.js', name: 'verify', says: `bearerOf(JSON.parse(Buffer.from(authorization.split('.')[1], 'base64url')))` }],
  // With the database's policies: see `startUnguarded`.
  rights: [{ file: 'libs/access/src/decide.js', name: 'decide', says: '{ allowed: true }' }],
  // As long as before, so that what is written is.
  encryption: [
    { file: 'libs/journal/src/keys/seal.js', name: 'seal', says: 'Buffer.concat([Buffer.alloc(sealLength), Buffer.from(plain)])' },
    { file: 'libs/journal/src/keys/seal.js', name: 'unseal', says: 'sealed.subarray(sealLength)' },
  ],
  audit: [{ file: 'libs/platform/src/reading.js', name: 'recordReading', says: 'undefined' }],
};

/**
 * A `triage` beside that of a system, on its database and broker, in which these guards do nothing; drawn together anew
 * from what was built. What it encrypted, or did not, no other can read: have it read its own.
 */
export async function startUnguarded(ground: Ground, system: BenchSystem, without: readonly Guard[]): Promise<Program> {
  const folder = join(projectFolder, 'dist/unguarded', without.join('-').replaceAll(' ', '-') || 'none');
  await drawTogether({ triage: mainOf('triage') }, folder, [idling(without.flatMap((guard) => idle[guard]))]);
  const { pid } = system.processes.find(({ name }) => name === 'triage')!;
  const [port = 0] = await freePorts(1);
  const policies = without.includes('rights') ? { DATABASE_APP_URL: await pastPolicies(system) } : {};
  const child = spawn(process.execPath, partsOf(pid, 'cmdline').slice(1).map((one) => (one === 'dist/bundles/triage.js' ? join(folder, 'triage.js') : one)), {
    cwd: projectFolder,
    env: { ...environmentOf(pid), ...policies, PORT: String(port), NODE_COMPILE_CACHE: join(folder, 'compiled') },
    // Logged as ever, where nobody looks.
    stdio: ['ignore', openSync(join(folder, 'log'), 'a'), 2, 'ipc'],
  });
  return Program.ready(ground, child, well(urlOf(port)));
}

/**
 * Has the one `triage` that runs carry what it writes. One of all that there are carries for all of them, and whoever was put
 * to a stand for less than three seconds keeps that: then one side did the carrying of both.
 */
export async function haveItCarry(system: BenchSystem): Promise<void> {
  await system.asOwner(async (client) => {
    await client.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'triage-relay'`);
    const ours = `select from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted and application_name = 'triage-relay'`;
    await eventually(() => client.query(`select exists (${ours}) and not exists (select from triage.outbox) as carries`), ({ rows }) => rows[0].carries);
  });
}

/** No policy holds for the owner of a database. */
async function pastPolicies(system: BenchSystem): Promise<string> {
  await system.asOwner((client) => client.query('alter role current_user set search_path = triage'));
  return system.ownerUrl;
}

function idling(these: readonly Idle[]): Plugin {
  return {
    name: 'idling',
    transform(code, id) {
      const here = these.filter(({ file }) => id.endsWith(`/dist/${file}`));
      return here.length === 0 ? undefined : { code: here.reduce(idled, code), map: null };
    },
  };
}

/** Throws where there is no such function, since all of it would be measured then. */
function idled(code: string, { file, name, says }: Idle): string {
  const begins = new RegExp(String.raw`((?:function|async) ${name}\([^]*?\) \{\n)`);
  if (!begins.test(code)) throw new Error(`${file} has no function ${name} any more: tell the bench what guards now`);
  return code.replace(begins, `$1return ${says};\n`);
}

const partsOf = (pid: number, file: 'cmdline' | 'environ'): string[] => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').slice(0, -1);

const environmentOf = (pid: number): Record<string, string> =>
  Object.fromEntries(partsOf(pid, 'environ').map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));

/** The address, as soon as it is well there. */
async function well(url: string): Promise<string> {
  for (const end = performance.now() + 60_000; performance.now() < end; await pause(100)) {
    if (await fetch(`${url}/health`).then(({ ok }) => ok, () => false)) return url;
  }
  throw new Error(`nothing was well at ${url} within a minute`);
}
