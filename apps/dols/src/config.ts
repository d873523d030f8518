import { z } from 'zod';
import { readEnvironment, serviceEnvironment } from '#libs/platform';

export const config = readEnvironment(serviceEnvironment.extend({ PEOPLE_URL: z.url() }));
