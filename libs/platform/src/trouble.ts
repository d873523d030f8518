import { Logger } from '@nestjs/common';
import type { Letter } from '#libs/messaging';

const everyMs = 5_000;

/** Logs what keeps going wrong, by class and code and never by message, at most once in five seconds for each kind and type of message. */
export function trouble(where: string): (error: unknown, messages?: number, type?: string) => void {
  const logger = new Logger(where);
  const last = new Map<string, number>();
  return (error, messages, type) => {
    const { name, code, driverError } = (error ?? {}) as { name?: string; code?: string; driverError?: { code?: string } };
    const kind = `${name} ${code ?? driverError?.code ?? ''}`.trim();
    const now = performance.now();
    const key = `${kind} ${type ?? ''}`;
    if (now - (last.get(key) ?? -everyMs) < everyMs) return;
    last.set(key, now);
    const at = (error as Error | undefined)?.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 4).join('\n');
    logger.warn({ kind, messages, type, at });
  };
}

/** Logs each message that was set aside: which it was, never what it said. */
export function setAside(where: string): (letter: Letter) => void {
  const logger = new Logger(where);
  return ({ stream, streamSequence, type, errorClass, attempts }) =>
    logger.warn({ kind: 'set aside', type, stream, streamSequence, errorClass, attempts });
}
