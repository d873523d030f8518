import { finished } from 'node:stream/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** How long somebody who is refused may go on sending before the answer comes all the same. */
const patienceMs = 5_000;

/**
 * Whoever is refused while still sending is heard out before the answer goes: a connection that is closed with something
 * unread in it is reset, and the reason for the refusal would be lost with it.
 */
export function hearOut(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onSend', async ({ raw }, reply, payload) => {
    if (reply.statusCode >= 400 && !raw.complete && !raw.destroyed) {
      // Whoever took a file apart has given up.
      raw.unpipe();
      raw.resume();
      await finished(raw, { signal: AbortSignal.timeout(patienceMs), cleanup: true }).catch(() => {});
    }
    return payload;
  });
}
