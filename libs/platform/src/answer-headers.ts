import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';

const guarded = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
});

/** Answers are data for whoever asked, and for nobody else: no browser runs, frames, guesses at or keeps them. */
export function guardAnswers(app: NestFastifyApplication): void {
  const headers = { ...guards(), 'cache-control': 'no-store' };
  app.getHttpAdapter().getInstance().addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
}

/** What helmet sets is the same for every answer: it is asked once. */
function guards(): ReturnType<ServerResponse['getHeaders']> {
  const request = new IncomingMessage(new Socket());
  const answer = new ServerResponse(request);
  guarded(request, answer, () => {});
  return { ...answer.getHeaders() };
}
