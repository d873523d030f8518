import { StartError } from '../servers/supervisor.ts';

/** Something that whoever gave the command can put right; its message says how. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Runs a command; what goes wrong is told on standard error, and the exit status says so. */
export async function runCommand(command: () => Promise<void>): Promise<never> {
  try {
    await command();
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    const isPlain = error instanceof CommandError || error instanceof StartError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${isPlain ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
    process.exit(1);
  }
}
