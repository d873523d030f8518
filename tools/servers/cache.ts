import { accessSync, constants, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs fetched once are kept for every home of this user; `otherwise` where that cannot be written. */
export function cacheFolder(otherwise: string): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'caseward');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    mkdirSync(otherwise, { recursive: true });
    return otherwise;
  }
}

/** Fills a folder beside its place and moves it there whole: whoever looks sees all of it or nothing, two at once included. */
export async function keepWhole(place: string, fill: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(`${place}.new-`);
  try {
    await fill(folder);
    try {
      renameSync(folder, place);
    } catch (error) {
      // Another start was faster; its copy is as good as ours.
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
