import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../../../tools/start/home.ts';
import { writeWhole } from '../../../tools/start/secrets.ts';
import type { ImportReport } from '../../../tools/commands/tell-import.ts';
import type { Ground } from '../bench.ts';
import type { BenchSystem } from './bench-system.ts';

/** The example extract, as the commands name it. */
export const exampleFolder = join('examples', 'northamptonshire');

/** Has a system import the example, and waits until all of it is settled. Throws where it was not taken. */
export async function importExample(system: BenchSystem): Promise<ImportReport> {
  const { status, out, err } = await system.run('import', exampleFolder, '--json');
  if (status !== 0) throw new Error(`the example was not imported:\n${err}`);
  return JSON.parse(out) as ImportReport;
}

/** A running system that holds the example, kept from run to run. */
export async function withExample(ground: Ground): Promise<BenchSystem> {
  const system = await ground.system({ keptAs: 'example' });
  const { loadedFile } = new Home(system.home);
  if (existsSync(loadedFile)) {
    await system.settle();
    return system;
  }
  ground.say('importing the example, once');
  await importExample(system);
  writeWhole(loadedFile, `${new Date().toISOString()}\n`);
  return system;
}
