import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Params, PinoLogger } from 'nestjs-pino';
import type { ProcessConfig } from './config.js';
import { LogOutlet } from './log-outlet.js';
import { currentTraceparent } from './trace.js';

/** Never logged, wherever they turn up: a second lock, since no log line is given them in the first place. */
const secrets = ['name', 'givenName', 'familyName', 'dateOfBirth', 'nhsNumber', 'address', 'postcode', 'worry', 'words', 'reason', 'cells', 'password', 'authorization'];

const asked = new AsyncLocalStorage<string>();

/** What all lines of one request have in common: the id of its trace, where whoever asks traces it. */
export const requestId = ({ headers: { traceparent } }: Pick<IncomingMessage, 'headers'>): string =>
  currentTraceparent(typeof traceparent === 'string' ? traceparent : undefined)?.split('-')[1] ?? randomUUID().replaceAll('-', '');

/** JSON lines with the service's name; requests are logged by `logRequests`. */
export function loggerOptions(config: Pick<ProcessConfig, 'LOG_LEVEL' | 'SERVICE_NAME'>): Params {
  return {
    pinoHttp: {
      stream: new LogOutlet(),
      level: config.LOG_LEVEL,
      base: { service: config.SERVICE_NAME },
      mixin: () => ({ request: asked.getStore() }),
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
      autoLogging: false,
      quietReqLogger: true,
    },
  };
}

/** A line for each request, which has its id in common with whatever else is logged of it: method, route, status and duration; nothing of what was sent, not even the path's ids. */
export async function logRequests(app: NestFastifyApplication): Promise<void> {
  // There is nothing in it that could have to be taken out, and to look for that takes twenty times as long as to write it.
  const { logger } = await app.resolve(PinoLogger);
  const lines = logger.child({ context: 'http' }, { redact: [] });
  const fastify = app.getHttpAdapter().getInstance();
  // A body that is read comes in on another path: what is done with it is told again whose it is.
  for (const step of ['onRequest', 'preValidation'] as const) fastify.addHook(step, (request: FastifyRequest, _reply: FastifyReply, done: () => void) => asked.run(request.id, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route !== '/ping' && route !== '/health') {
      lines.info({ request: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
    }
    done();
  });
}
