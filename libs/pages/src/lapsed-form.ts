import type { FastifyReply, FastifyRequest } from 'fastify';

/** A form that came when its sender was signed in no more, as `lapsed.njk` shows it: what was typed goes along, to be sent again. */
export function lapsedForm({ url, body }: Pick<FastifyRequest, 'url' | 'body'>, reply: FastifyReply) {
  const typed = Object.entries((body ?? {}) as Record<string, unknown>).filter(([name]) => name !== '_csrf');
  return {
    title: 'You were signed out while you wrote',
    action: url,
    csrf: reply.generateCsrf(),
    fields: typed.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) }))),
  };
}
