import type { FastifyReply, FastifyRequest } from 'fastify';
import { SentFile } from './sent-file.js';

type Sent = Pick<FastifyRequest, 'url' | 'body'>;

/** As many characters as a page keeps of a form, names included, and as many answers: more than anybody types in one. */
const mostKept = 200_000;
const mostFields = 500;

/** The token of a form is made anew. */
const ofForm = '_csrf';
/** What opens something to whoever has it: it is typed again, and stands in no page. */
const secret = 'code';

/**
 * A form that could not be taken now, as `kept-form.njk` shows it: what was typed goes along, to be sent again. A code and a
 * file are asked for anew. Where more was sent than a page can hold, nothing is kept (`isWhole`).
 */
export function keptForm({ url, body }: Sent, reply: FastifyReply) {
  const sent = Object.entries((body ?? {}) as Record<string, unknown>);
  const fields = sent
    .filter(([name, value]) => name !== ofForm && name !== secret && !(value instanceof SentFile))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) })));
  const isWhole = fields.length <= mostFields && fields.reduce((length, { name, value }) => length + name.length + value.length, 0) <= mostKept;
  return {
    action: url,
    csrf: reply.generateCsrf(),
    isWhole,
    fields: isWhole ? fields : [],
    hasFile: sent.some(([, value]) => value instanceof SentFile),
    hasCode: sent.some(([name]) => name === secret),
  };
}

/** A form whose service does not answer, as `away.njk` shows it: what was typed and the form's key go along, so that it is done once however often it is sent. `isUnsent`: nothing of it can have come to the service. */
export const awayPage = (request: Sent, reply: FastifyReply, { isUnsent }: { isUnsent: boolean }) => ({
  title: isUnsent ? 'It was not recorded' : 'It is not known whether it was recorded',
  isUnsent,
  form: keptForm(request, reply),
});

/** Whether a form says under which key it is done once. */
export const hasKey = (body: unknown): boolean => typeof (body as { key?: unknown } | null)?.key === 'string';

/** A form that came when its sender was signed in no more, as `lapsed.njk` shows it. */
export const lapsedPage = (request: Sent, reply: FastifyReply) => ({ title: 'You were signed out while you wrote', form: keptForm(request, reply) });

/** A form of which nobody can say just now whom it is from, as `not-now.njk` shows it. */
export const notNowPage = (request: Sent, reply: FastifyReply) => ({ title: 'This could not be taken just now', form: keptForm(request, reply) });
