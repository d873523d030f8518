import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
// By its file: the lib as a whole brings databases and brokers, which a site has nothing to do with.
import { Pace, TooFast } from '../../platform/src/pace.js';
import { keptForm } from './kept-form.js';
import type { Render } from './renderer.js';
import { show } from './show.js';
import { visitor } from './visitor.js';

export { Pace, TooFast };

/** Belongs to a page that was counted, or is asked by whoever watches over the process. */
const isUncounted = ({ url }: FastifyRequest): boolean => /^\/(assets\/|ping$|health$)/.test(url);

/** Asks whoever sends more in a minute than people do to wait, and gives back what they typed. Whoever is signed in is counted by themselves, everybody else by their address. */
export function keepPace(app: NestFastifyApplication, { render, pagesAMinute, log }: { render: Render; pagesAMinute: number; log: Logger }): void {
  const pace = new Pace(pagesAMinute);
  app.getHttpAdapter().getInstance().addHook('preHandler', async (request, reply) => {
    if (isUncounted(request)) return;
    try {
      await pace.count(visitor()?.id ?? request.ip);
    } catch (error) {
      if (!(error instanceof TooFast)) throw error;
      log.warn({ kind: 'refused', rule: 'pace', status: 429, route: request.routeOptions.url });
      const form = request.method === 'POST' ? keptForm(request, reply) : undefined;
      const page = render('too-fast.njk', { title: 'Please wait a moment', waitSeconds: error.waitSeconds, again: request.url, form });
      return show(reply.header('retry-after', String(error.waitSeconds)), page, 429);
    }
  });
}
