import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

export interface Ran {
  ok: boolean;
  output: string;
}

/** Runs a command to its end, without holding up whatever else is being started. */
export async function run(command: string, args: string[], options: { account?: Account | undefined; env?: NodeJS.ProcessEnv; cwd?: string } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      // An account of its own may not be able to enter the folder we are in.
      { cwd: options.cwd ?? '/', env: options.env ?? process.env, timeout: 180_000, maxBuffer: 50_000_000, ...options.account },
      (error, stdout, stderr) => resolve({ ok: !error, output: `${stdout}${stderr}`.trim() || (error?.message ?? '') }),
    );
    child.stdin?.end();
  });
}

/** The full name of a program on the path. */
export function findOnPath(...names: string[]): string | undefined {
  for (const name of names) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        continue;
      }
    }
  }
  return undefined;
}
