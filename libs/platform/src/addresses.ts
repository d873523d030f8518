import type { IncomingMessage } from 'node:http';

/** Longer than any address that is made here; a server's own limit would be answered before anything of ours is asked. */
const longestPart = 16_384;

/** What cannot be decoded is no address of ours, and is answered as every other that is none, with the same headers. */
function readable({ url = '/' }: IncomingMessage): string {
  try {
    decodeURI(url.split('?')[0]!);
    return url;
  } catch {
    return '/unreadable-address';
  }
}

/** How a server reads addresses, so that every answer is one of ours. */
export const addresses = { rewriteUrl: readable, routerOptions: { maxParamLength: longestPart } };
