import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** An answer about a record carries its sequence as the ETag. */
export function tellSequences(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('preSerialization', (_request, reply, body: unknown, done) => {
    const sequence = (body as { sequence?: unknown } | null)?.sequence;
    if (typeof sequence === 'number') void reply.header('etag', `"${sequence}"`);
    done(null, body);
  });
}
