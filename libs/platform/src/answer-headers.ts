import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Answers are data for whoever asked, and for nobody else: no browser runs, frames, guesses at or keeps them. */
export async function guardAnswers(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  app.getHttpAdapter().getInstance().addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
}
