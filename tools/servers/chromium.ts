import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cacheFolder, keepWhole } from './cache.ts';
import { findOnPath, run } from './run.ts';

/** A browser that was seen to run here, with what it must be started with. */
export interface Chromium {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

const names = ['chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// Root has no sandbox, and neither has most of what tests run in.
const args = ['--no-sandbox'];

/**
 * Finds a browser for the tests: `CHROMIUM_PATH`, the path, the one among the packages, the distribution's (installed,
 * as root alone). Otherwise says why there is none.
 */
export async function findChromium(say: (line: string) => void = () => undefined): Promise<Chromium | { missing: string }> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return (await runs(given)) ? { executablePath: given, args, env: {} } : { missing: `CHROMIUM_PATH is ${given}, which does not run.` };
  const onPath = findOnPath(...names);
  if (onPath && (await runs(onPath))) return { executablePath: onPath, args, env: {} };
  const packaged = await packagedChromium().catch((error: Error) => ({ missing: error.message }));
  if ('executablePath' in packaged) return packaged;
  const installed = await installChromium(say);
  if (installed) return { executablePath: installed, args, env: {} };
  return { missing: `No browser: ${packaged.missing} Install chromium, or set CHROMIUM_PATH.` };
}

async function packagedChromium(): Promise<Chromium | { missing: string }> {
  const folder = packageFolder('@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const kept = join(cacheFolder(join(tmpdir(), 'caseward-cache')), `chromium-${version}`);
  if (!existsSync(kept)) await keepWhole(kept, (fresh) => inflate(join(folder, 'bin'), fresh));
  const executablePath = join(kept, 'chromium');
  const env = { LD_LIBRARY_PATH: join(kept, 'lib'), FONTCONFIG_FILE: fontsOf(kept), TMPDIR: tmpdir() };
  const tried = await run(executablePath, ['--version'], { env: { ...process.env, ...env } });
  return tried.ok ? { executablePath, args, env } : { missing: `the packaged browser does not run (${tried.output}).` };
}

/** The configuration in the package looks for its fonts in /tmp; a browser that finds none dies at the first form field. */
function fontsOf(kept: string): string {
  const file = join(kept, 'fonts-here.conf');
  const folders = [join(kept, 'fonts'), '/usr/share/fonts'].map((folder) => `  <dir>${folder}</dir>\n`).join('');
  const configuration = `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${folders}  <cachedir>${join(kept, 'fonts-cache')}</cachedir>\n</fontconfig>\n`;
  if (!existsSync(file)) writeFileSync(file, configuration);
  return file;
}

/** The browser's libraries and fonts come beside it, for systems that have neither. */
async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(join(from, 'chromium.br')), createBrotliDecompress(), createWriteStream(join(to, 'chromium'), { mode: 0o755 }));
  for (const archive of ['al2023', 'fonts', 'swiftshader']) {
    const file = join(to, `${archive}.tar`);
    await pipeline(createReadStream(join(from, `${archive}.tar.br`)), createBrotliDecompress(), createWriteStream(file));
    const unpacked = await run('tar', ['-xf', file, '-C', to, '--no-same-owner']);
    if (!unpacked.ok) throw new Error(`the packaged browser cannot be unpacked (${unpacked.output}).`);
    rmSync(file);
  }
  mkdirSync(join(to, 'lib'), { recursive: true });
}

async function installChromium(say: (line: string) => void): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !findOnPath('apt-get')) return undefined;
  say("No browser runs here: installing the distribution's chromium-headless-shell.");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['-q', 'update'], { env });
  await run('apt-get', ['-q', '-y', 'install', '--no-install-recommends', 'chromium-headless-shell'], { env });
  const found = findOnPath(...names);
  return found && (await runs(found)) ? found : undefined;
}

async function runs(file: string): Promise<boolean> {
  const { ok } = await run(file, ['--version', '--no-sandbox']);
  return ok;
}

/** A package's folder, also where the package exports nothing but its entry. */
function packageFolder(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
