import { readEnvironment, serviceEnvironment } from '#libs/platform';

export const config = readEnvironment(serviceEnvironment);
