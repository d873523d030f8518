import { randomUUID } from 'node:crypto';

export interface Answer {
  status: number;
  etag: string | null;
  body: any;
}

/** Somebody at one service's API, who proves who they are with everything they ask; `headers` go with it too. */
export function asking(url: string, proof: () => Promise<Record<string, string>>, headers: Record<string, string> = {}) {
  const ask = async (method: string, path: string, { body, etag, key }: { body?: unknown; etag?: string | null; key?: string } = {}): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...headers,
        ...(await proof()),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(etag ? { 'if-match': etag } : {}),
        ...(method === 'POST' ? { 'idempotency-key': key ?? randomUUID() } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, etag: answer.headers.get('etag'), body: text === '' ? null : JSON.parse(text) };
  };
  return {
    get: (path: string) => ask('GET', path),
    put: (path: string, body: unknown) => ask('PUT', path, { body }),
    post: (path: string, body: unknown, with_: { etag?: string | null; key?: string } = {}) => ask('POST', path, { body, ...with_ }),
  };
}

/** Waits for something that other processes bring about; throws with the last value when it does not come. */
export async function eventually<T>(look: () => Promise<T>, isSo: (value: T) => boolean, ms = 15_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    if (performance.now() > end) throw new Error(`it did not come to that: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
