import { ForbiddenException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A page of this very site, whoever sits before the browser, or a program that says nothing. */
const own: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

/**
 * Refuses what a browser says another site makes it send, before anything of it is read. A form that comes without its
 * token is shown again with a fresh one, so that nobody loses what they typed: what somebody else had typed for them, out
 * of their sight, would be sent with one more press of a button.
 */
export function refuseForeign(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onRequest', async ({ method, headers }) => {
    if (method !== 'GET' && method !== 'HEAD' && !own.has(headers['sec-fetch-site'])) throw new ForbiddenException();
  });
}
