import { CreateSessions1795390000001 } from './1795390000001-create-sessions.js';
import { SayWhoseSessions1795498000001 } from './1795498000001-say-whose-sessions.js';

/** The shape of what every site's own schema has for sessions, step by step. */
export const migrations = [CreateSessions1795390000001, SayWhoseSessions1795498000001];
