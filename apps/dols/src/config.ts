import { z } from 'zod';
import { journalEnvironment, readEnvironment } from '#libs/platform';

export const config = readEnvironment(journalEnvironment.extend({ PEOPLE_URL: z.url() }));
