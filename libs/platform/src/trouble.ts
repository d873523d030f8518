import { Logger } from '@nestjs/common';

const everyMs = 5_000;

/** Logs what keeps going wrong, by class and code and never by message, at most once in five seconds for each kind. */
export function trouble(where: string): (error: unknown, messages?: number) => void {
  const logger = new Logger(where);
  const last = new Map<string, number>();
  return (error, messages) => {
    const { name, code, driverError } = (error ?? {}) as { name?: string; code?: string; driverError?: { code?: string } };
    const kind = `${name} ${code ?? driverError?.code ?? ''}`.trim();
    const now = performance.now();
    if (now - (last.get(kind) ?? -everyMs) < everyMs) return;
    last.set(kind, now);
    const at = (error as Error | undefined)?.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 4).join('\n');
    logger.warn({ kind, messages, at });
  };
}
