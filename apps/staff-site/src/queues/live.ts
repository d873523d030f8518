import { scriptOf } from '#libs/pages';

/** Keeps a queue up to date while somebody looks at it; see its file. */
export const liveScript = scriptOf('staff-site', 'live-queue');
