import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, statfsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from '../servers/supervisor.ts';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Where Node keeps what it has compiled, for every home; what has changed since is compiled anew. */
export const compiledFolder = join(projectFolder, 'node_modules/.cache/compiled');

const leastFreeBytes = 400_000_000;

/** One running system's folder: its data, secrets, logs, and what it says about itself. */
export class Home {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The home that the environment names, or else `.caseward` in the project. */
  static named(name = process.env['CASEWARD_HOME']): Home {
    return new Home(resolve(name || join(projectFolder, '.caseward')));
  }

  get runningFile(): string {
    return join(this.folder, 'running.json');
  }

  get guardFile(): string {
    return join(this.folder, 'guard.pid');
  }

  /** Present when the example has been loaded whole. */
  get loadedFile(): string {
    return join(this.folder, 'example-loaded');
  }

  get secretsFolder(): string {
    return join(this.folder, 'secrets');
  }

  /** Where a service's seals stand outside the database. */
  sealFile(service: string): string {
    return join(this.folder, 'seals', `${service}.jsonl`);
  }

  logFile(name: string): string {
    return join(this.folder, 'logs', `${name}.log`);
  }

  /** Makes the folders, or says in words why that cannot be. */
  prepare(): void {
    try {
      // Others may pass through (the database's account must), not look.
      mkdirSync(this.folder, { recursive: true, mode: 0o711 });
      accessSync(this.folder, constants.W_OK);
      for (const part of ['logs', 'secrets']) mkdirSync(join(this.folder, part), { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new StartError(`${this.folder} cannot be written (${(error as Error).message}). Set CASEWARD_HOME to a folder of yours.`);
    }
    const { bavail, bsize } = statfsSync(this.folder);
    if (bavail * bsize < leastFreeBytes) {
      throw new StartError(`Only ${Math.floor((bavail * bsize) / 1e6)} MB are free where ${this.folder} lies; at least ${leastFreeBytes / 1e6} are needed.`);
    }
  }

  /**
   * Makes this process the only one that runs on the home, or that changes its keys. The lock is a listening name in the kernel, which goes with
   * its process however that ends; a file would outlive a power cut.
   */
  async lock(use: 'all' | 'keys' = 'all'): Promise<() => void> {
    if (process.platform !== 'linux') return () => undefined;
    const why = use === 'keys' ? `The keys of ${this.folder} are being changed just now.` : `Caseward is already running on ${this.folder}; see ${this.runningFile}. To run a second one, set CASEWARD_HOME to another folder.`;
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolveLock, reject) => {
      server.once('error', () => reject(new StartError(why)));
      server.listen(this.#lockName(use), resolveLock);
    });
    server.unref();
    return () => server.close();
  }

  /** Whether a start holds this home at the moment. */
  async isLocked(): Promise<boolean> {
    if (!existsSync(this.folder)) return false;
    return new Promise((resolveIs) => {
      const socket = connect(this.#lockName());
      socket.once('connect', () => resolveIs(true));
      socket.once('error', () => resolveIs(false));
      socket.once('connect', () => socket.destroy());
    });
  }

  #lockName(use: 'all' | 'keys' = 'all'): string {
    const name = `\0caseward-${createHash('sha256').update(realpathSync(this.folder)).digest('hex').slice(0, 32)}`;
    return use === 'all' ? name : `${name}-${use}`;
  }
}
