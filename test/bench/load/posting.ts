import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

/** Where something is posted, and with which headers besides: those of whoever posts. */
export interface Target {
  url: string;
  path: string;
  headers: Record<string, string>;
}

/** How much, by how many at once, and what. */
export interface Posting {
  atOnce: number;
  seconds?: number;
  amount?: number;
  body(): object;
}

/** What came of it. */
export interface Posted {
  taken: number;
  perSecond: number;
}

/**
 * Posts, each connection the next as soon as the last was answered, and each post with a key of its own. Throws where
 * one was not taken: a load of refusals would be a fine figure for nothing. Runs in the bench's process, away from
 * what it measures. Tokens live for five minutes, so no posting lasts longer than four.
 */
export async function post({ url, path, headers }: Target, { atOnce, seconds, amount, body }: Posting): Promise<Posted> {
  const result = await autocannon({
    url,
    connections: atOnce,
    timeout: 60,
    sampleInt: 100,
    ...(amount === undefined ? { duration: seconds ?? 5 } : { amount }),
    requests: [{
      method: 'POST',
      path,
      setupRequest: (request) => ({ ...request, headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(body()) }),
    }],
  });
  const { errors, non2xx, '2xx': taken, duration } = result;
  if (errors > 0 || non2xx > 0 || taken === 0) throw new Error(`of what was posted to ${path}, ${taken} were taken; ${errors} got no answer, and others ${JSON.stringify(result.statusCodeStats)}`);
  return { taken, perSecond: taken / duration };
}
