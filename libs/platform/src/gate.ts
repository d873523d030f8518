import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Lifecycle } from './lifecycle.js';
import { away, type Problem } from './problem.js';

/** Asked by whoever watches over the process; they say themselves how it is. */
const alwaysAnswered = new Set(['/ping', '/health', '/info', '/openapi.json']);
const closeIdleMs = 100;

/** Refuses at the door what could only wait: while the database is away, and from the moment on in which the service is told to stop. */
export function keepGate(app: NestFastifyApplication): void {
  const lifecycle = app.get(Lifecycle);
  const fastify = app.getHttpAdapter().getInstance();
  let isClosing = false;
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    // A connection that was busy when the server closed would otherwise be kept for its next request.
    setInterval(() => fastify.server.closeIdleConnections(), closeIdleMs).unref();
    done();
  });
  fastify.addHook('onRequest', async (request, reply) => {
    // Another process of the service may be there at once.
    if (isClosing) return refuse(reply, closing, '0');
    if (!lifecycle.isDatabaseThere && !needsNoDatabase(request)) return refuse(reply, away(), '2');
  });
  fastify.addHook('onSend', async (_request, reply, payload) => {
    if (isClosing) void reply.header('connection', 'close');
    return payload;
  });
}

/** Nobody waits in vain for the database here: it is not asked, or what it does is the answer; or a file is imported, which waits for it as it does half way. */
export const needsNoDatabase = (request: FastifyRequest): boolean => alwaysAnswered.has(request.url) || isFile(request);

const isFile = ({ headers }: FastifyRequest): boolean => headers['content-type'] === 'text/csv';

const closing: Problem = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'The service is being stopped. Nothing was taken; try again in a moment.',
};

function refuse(reply: FastifyReply, problem: Problem, retryAfter: string): FastifyReply {
  return reply.status(503).header('retry-after', retryAfter).type('application/problem+json').send(JSON.stringify(problem));
}
