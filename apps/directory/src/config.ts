import { z } from 'zod';
import { journalEnvironment, readEnvironment } from '#libs/platform';

export const config = readEnvironment(
  journalEnvironment.extend({
    /** Whether the invented staff are registered, with a few invented teams, organisations and places. */
    INVENTED_STAFF: z.stringbool().default(false),
  }),
);
