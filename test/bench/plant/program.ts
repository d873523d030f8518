import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guard, stages } from '../../../tools/servers/guard.ts';
import { projectFolder } from '../../../tools/start/home.ts';
import type { Ground } from '../bench.ts';

/**
 * A program that something is measured against: a process of its own, which stands still unless it is what is being
 * measured, and ends with the bench.
 */
export class Program {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    child.kill('SIGSTOP');
  }

  /** Starts one of ours by our Node with these settings, and waits until it tells that it is ready, and where. */
  static async start(ground: Ground, file: URL, settings: Record<string, string>): Promise<Program> {
    const env = { ...process.env, NODE_OPTIONS: '', ...settings };
    // Standard output is the command's.
    const child = spawn(process.execPath, [file.pathname], { cwd: projectFolder, env, stdio: ['ignore', 2, 2, 'ipc'] });
    return Program.ready(ground, child, once(child, 'message').then(([told]) => (told as { url?: string }).url ?? ''));
  }

  /** One that was started otherwise, as soon as its address is known. Throws where it ends before that. */
  static async ready(ground: Ground, child: ChildProcess, url: Promise<string>): Promise<Program> {
    // Whoever stands still cannot end by itself, should we be killed.
    const file = join(tmpdir(), `caseward-bench-guard-${child.pid}`);
    const guard = new Guard(file, file);
    guard.watch(child.pid!, stages.service, 'SIGKILL');
    ground.onEnd(() => guard.close());
    const ended = once(child, 'exit').then(([status]): never => {
      throw new Error(`${child.spawnargs.join(' ')} ended before it was ready (exit status ${status})`);
    });
    // Once it is ready, its end is of no interest any more.
    ended.catch(() => undefined);
    return new Program(child, await Promise.race([url, ended]));
  }

  /** Lets it run for as long as it is measured. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#child.kill('SIGCONT');
    try {
      return await work();
    } finally {
      this.#child.kill('SIGSTOP');
    }
  }
}
