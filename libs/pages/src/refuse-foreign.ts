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
    if (!isReading(method) && !own.has(headers['sec-fetch-site'])) throw new ForbiddenException();
  });
}

/**
 * The same by where a browser says that what it sends comes from. Its own is the site's address, or the very host that was
 * asked, which nobody can have a browser misname. Where a browser keeps it to itself, which `Referrer-Policy: no-referrer`
 * has it do with this site's own forms as well (`null`), `refuseForeign` has judged.
 */
export function refuseOtherOrigins(app: NestFastifyApplication, siteUrl: string): void {
  const home = new URL(siteUrl).origin;
  app.getHttpAdapter().getInstance().addHook('onRequest', async ({ method, headers: { origin, host } }) => {
    if (isReading(method) || origin === undefined || origin === 'null' || origin === home) return;
    if (hostOf(origin) !== host) throw new ForbiddenException();
  });
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
