import type { Queries } from '../database.js';
import { outboxState } from '../outbox.js';
import type { Check } from './check.js';

/** No event waits longer for the broker than it should. */
export const outbox = (queries: Queries, limitSeconds: number): Check => ({
  name: 'outbox',
  async *run() {
    const { rows, oldestSeconds } = await outboxState(queries);
    if (oldestSeconds > limitSeconds) {
      yield { what: `events wait for the broker, the oldest for longer than ${limitSeconds} seconds`, where: { rows, oldestSeconds: Math.round(oldestSeconds) } };
    }
    return { looked: rows };
  },
});
