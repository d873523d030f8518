import { existsSync, readFileSync } from 'node:fs';
import type { Home } from './home.ts';
import { writeWhole } from './secrets.ts';

/** What `running.json` in the home says: where everything is, for people and for every other command. */
export interface Running {
  sites: Record<'partner' | 'staff', string>;
  /** Who says who somebody is; nobody real, where it is local. */
  identity: { issuer: string; audience: string; isLocal: boolean };
  services: Record<string, { url: string; pids: number[]; openapi: string }>;
  nats: { url: string; pid: number | null };
  postgres: { url: string; pid: number | null };
}

/** Writes it whole or not at all; for the owner's eyes, since the database's address holds a password. */
export function writeRunning(home: Home, running: Running): void {
  writeWhole(home.runningFile, `${JSON.stringify(running, null, 2)}\n`);
}

/** What runs on this home, if anything does: the file of a system that was killed tells nothing. */
export async function findRunning(home: Home): Promise<Running | undefined> {
  if (!existsSync(home.runningFile) || !(await home.isLocked())) return undefined;
  return JSON.parse(readFileSync(home.runningFile, 'utf8')) as Running;
}
