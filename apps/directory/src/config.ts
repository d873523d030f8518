import { journalEnvironment, readEnvironment } from '#libs/platform';

export const config = readEnvironment(journalEnvironment);
