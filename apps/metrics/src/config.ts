import { z } from 'zod';
import { readEnvironment, serviceEnvironment } from '#libs/platform';

export const config = readEnvironment(
  serviceEnvironment.extend({ PEOPLE_URL: z.url(), TRIAGE_URL: z.url(), SECTION42_URL: z.url(), DOLS_URL: z.url() }),
);
