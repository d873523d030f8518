import { CreateSessions1795390000001 } from './1795390000001-create-sessions.js';

/** The shape of a site's own schema, step by step. */
export const migrations = [CreateSessions1795390000001];
