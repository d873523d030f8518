import type { NestFastifyApplication } from '@nestjs/platform-fastify';
// By its file: the lib as a whole reads templates and styles.
import { visiting, type Visitor } from '../../pages/src/visitor.js';

/** A site's door at which this visitor is signed in, whoever asks; or whoever it is just then. */
export const doorFor = (visitor: Visitor | (() => Visitor | undefined)) => async (app: NestFastifyApplication): Promise<void> => {
  const now = typeof visitor === 'function' ? visitor : () => visitor;
  app.getHttpAdapter().getInstance().addHook('preHandler', (_request, reply, done) => visiting({ visitor: now(), formToken: () => reply.generateCsrf() }, done));
};
