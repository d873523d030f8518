import type { FastifyHelmetOptions } from '@fastify/helmet';

/** No script but a site's own files, where it has any; no inline style, nothing from elsewhere: the pages work as plain documents. */
export const securityHeaders = ({ formsLeadTo = [], scripts = [] }: { formsLeadTo?: string[]; scripts?: unknown[] }): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      ...(scripts.length > 0 && { scriptSrc: ["'self'"], connectSrc: ["'self'"] }),
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
