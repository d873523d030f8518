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

/** As long as the database may be silent before its connections are broken, and a little more. */
const patienceMs = 40_000;

/** Asks for half a minute and more, where a service says that it is to be asked again or is not there: for an import, which would rather be late than not done. */
export async function patientlyAsked(ask: () => Promise<Response>, { pauseMs: betweenMs = 1_000, endMs = patienceMs } = {}): Promise<Response> {
  for (const end = performance.now() + endMs; ; await pause(betweenMs)) {
    const isLast = performance.now() + betweenMs > end;
    try {
      const answer = await onceMore(ask);
      if (answer.status !== 503 || isLast) return answer;
      await answer.body?.cancel();
    } catch (error) {
      if (!isBroken(error) || isLast) throw error;
    }
  }
}

const isBroken = (error: unknown): boolean =>
  brokenCodes.has(((error as { cause?: { code?: string } } | null)?.cause ?? {}).code ?? '');
