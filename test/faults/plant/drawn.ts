import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawTogether, mainOf } from '../../../tools/bundling.ts';
import { isAlive } from '../../../tools/servers/guard.ts';
import { projectFolder } from '../../../tools/start/home.ts';
import { serviceNames } from '../../../tools/start/services.ts';

const all = join(projectFolder, 'dist/armed');

/** What this run's services load: below the project, since packages are looked for from there. */
const ours = join(all, String(process.pid));

/** `armed.ts` as it is preloaded, with the classes that `drawnMain` uses. */
export const drawnArmed = join(ours, 'armed.js');

export const drawnMain = (service: string): string => join(ours, `${service}.js`);

/** Where Node keeps what it compiled of them; it goes with them. */
export const drawnCompiled = join(ours, 'compiled');

/**
 * Draws the services together with `armed.ts`, as the build does without it: in bundles of the product it would change
 * classes that nobody uses. They are there until this process ends.
 */
export async function drawServices(): Promise<void> {
  mkdirSync(all, { recursive: true });
  // Of runs that were killed.
  for (const pid of readdirSync(all).filter((name) => !isAlive(Number(name)))) rmSync(join(all, pid), { recursive: true });
  process.once('exit', () => rmSync(ours, { recursive: true, force: true }));
  const mains = Object.fromEntries(serviceNames.map((service) => [service, mainOf(service)]));
  await drawTogether({ armed: 'test/faults/plant/armed.ts', ...mains }, ours);
}
