import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** For whoever asked alone: kept by nobody on the way, taken for nothing but what it says it is, shown within no page. */
const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'referrer-policy': 'no-referrer',
};

/** Sends these headers with every answer of a service, refusals at the door included. */
export function guardAnswers(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('onRequest', async (_request, reply) => {
    void reply.headers(headers);
  });
}
