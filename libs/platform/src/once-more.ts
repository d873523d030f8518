import { setTimeout as pause } from 'node:timers/promises';

/** The connection broke before there was an answer, or there was none to be had. */
const brokenCodes = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'UND_ERR_SOCKET']);
const pauseMs = 100;

/**
 * Asks over HTTP, and once more where the connection broke or the service was just being stopped: another process of it
 * may well be there. Only for what may be asked twice, because it changes nothing or carries an Idempotency-Key.
 */
export async function onceMore(ask: () => Promise<Response>): Promise<Response> {
  try {
    const answer = await ask();
    if (answer.status !== 503 || answer.headers.get('retry-after') !== '0') return answer;
    await answer.body?.cancel();
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  await pause(pauseMs);
  return ask();
}

const isBroken = (error: unknown): boolean =>
  brokenCodes.has(((error as { cause?: { code?: string } } | null)?.cause ?? {}).code ?? '');
