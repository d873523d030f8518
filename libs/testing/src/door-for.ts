import type { NestFastifyApplication } from '@nestjs/platform-fastify';
// By its file: the lib as a whole reads templates and styles.
import { visiting, type Visitor } from '../../pages/src/visitor.js';

/** A site's door at which this visitor is signed in, whoever asks. */
export const doorFor = (visitor: Visitor) => async (app: NestFastifyApplication): Promise<void> => {
  app.getHttpAdapter().getInstance().addHook('preHandler', (_request, reply, done) => visiting({ visitor, formToken: () => reply.generateCsrf() }, done));
};
