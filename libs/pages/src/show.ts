import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends a page. */
export function show(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.status(status).type('text/html; charset=utf-8').send(page);
}

/** Sends a file to be kept under a name: a CSV unless told. */
export function download(reply: FastifyReply, name: string, content: string | Readable, type = 'text/csv; charset=utf-8'): FastifyReply {
  return reply
    .status(200)
    .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '-')}"`)
    .type(type)
    .send(content);
}
