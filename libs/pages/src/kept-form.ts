import type { FastifyReply, FastifyRequest } from 'fastify';
import { SentFile } from './sent-file.js';

/** A form that could not be taken now, as `kept-form.njk` shows it: what was typed goes along, to be sent again. */
export function keptForm({ url, body }: Pick<FastifyRequest, 'url' | 'body'>, reply: FastifyReply) {
  const typed = Object.entries((body ?? {}) as Record<string, unknown>).filter(([name, value]) => name !== '_csrf' && !(value instanceof SentFile));
  return {
    action: url,
    csrf: reply.generateCsrf(),
    fields: typed.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) }))),
  };
}

/** A form whose service does not answer, as `away.njk` shows it: what was typed and the form's key go along, so that it is done once however often it is sent. */
export const awayPage = (request: Pick<FastifyRequest, 'url' | 'body'>, reply: FastifyReply) => ({ title: 'It cannot be recorded just now', form: keptForm(request, reply) });

/** A form that came when its sender was signed in no more, as `lapsed.njk` shows it. */
export const lapsedPage = (request: Pick<FastifyRequest, 'url' | 'body'>, reply: FastifyReply) => ({ title: 'You were signed out while you wrote', form: keptForm(request, reply) });
