import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** The order in which children end: sites, services, the broker, the database. */
export const stages = { site: 1, service: 2, broker: 3, database: 4 } as const;

export type Stage = (typeof stages)[keyof typeof stages];

export const guardScript = fileURLToPath(new URL('guard.sh', import.meta.url));

/** True while a process of this id runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !/\) Z /.test(readProc(pid, 'stat'));
}

/** A file of /proc about one process, empty where there is none. */
export function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** A process apart that ends our children when we can no longer do it ourselves. */
export class Guard {
  readonly #watched = new Map<number, string>();
  readonly #pidFile: string;
  readonly #doomedFile: string;
  #process: ChildProcess;
  #isClosed = false;

  /** `doomedFile` is removed when we die: it says what runs, and then nothing does. */
  constructor(pidFile: string, doomedFile: string) {
    this.#pidFile = pidFile;
    this.#doomedFile = doomedFile;
    this.#process = this.#spawn();
  }

  watch(pid: number, stage: Stage, signal: NodeJS.Signals): void {
    const line = `watch ${stage} ${signal.slice(3)} ${pid}\n`;
    this.#watched.set(pid, line);
    this.#process.stdin?.write(line);
  }

  forget(pid: number): void {
    this.#watched.delete(pid);
    this.#process.stdin?.write(`forget ${pid}\n`);
  }

  /** To be called when the children are gone, or to have the guard end those that are left. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.ref();
    this.#process.stdin?.end();
    await ended;
    rmSync(this.#pidFile, { force: true });
  }

  #spawn(): ChildProcess {
    const child = spawn('/bin/sh', [guardScript, this.#doomedFile], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
    // Writing to a guard that was killed must not end us: its successor gets the lines.
    child.stdin?.on('error', () => undefined);
    child.once('exit', () => {
      if (this.#isClosed) return;
      this.#process = this.#spawn();
      for (const line of this.#watched.values()) this.#process.stdin?.write(line);
    });
    writeFileSync(this.#pidFile, `${child.pid}\n`);
    child.unref();
    return child;
  }
}

/** Waits until the guard of a starter that was killed has ended that starter's children. */
export async function waitForOldGuard(pidFile: string): Promise<void> {
  const isOurs = (): boolean => {
    try {
      const pid = Number(readFileSync(pidFile, 'utf8'));
      return pid > 0 && isAlive(pid) && readProc(pid, 'cmdline').includes('guard.sh');
    } catch {
      return false;
    }
  };
  for (let waited = 0; isOurs() && waited < 35_000; waited += 100) await sleep(100);
}
