import type { FastifyHelmetOptions } from '@fastify/helmet';

/** No script at all, no inline style, nothing from elsewhere: the pages work as plain documents. */
export const securityHeaders = (formsLeadTo: string[] = []): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'", ...formsLeadTo],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
});
