import { scriptOf } from '#libs/pages';
import { paths } from '../paths.js';

/** Keeps a queue up to date while somebody looks at it; see its file. */
export const liveScript = scriptOf('staff-site', 'live-queue');

/** What an open page asks for by itself, a queue or one concern: nobody is there for that, and it keeps no session from ending. */
export const isUnattended = (path: string): boolean => path === paths.liveConcerns() || path === paths.liveConcern(path.split('/')[2] ?? '');
