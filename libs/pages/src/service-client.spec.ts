import { ServiceClient, ServiceUnavailable } from './service-client.js';
import { hasChangedNothing, visiting } from './visitor.js';

const broken = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

/** What comes of sending where each try ends so; whether anything can have changed, as the request knows it. */
function sending(...ends: (Error | DOMException | Response)[]): Promise<{ isUnsent: unknown; hasChangedNothing: boolean }> {
  const request = (async () => {
    const end = ends.length > 1 ? ends.shift()! : ends[0]!;
    if (end instanceof Response) return end;
    throw end;
  }) as typeof fetch;
  const client = new ServiceClient({ service: 'triage', url: 'http://triage.test', fetch: request });
  const { promise, resolve } = Promise.withResolvers<{ isUnsent: unknown; hasChangedNothing: boolean }>();
  const send = async (): Promise<void> => {
    const error: unknown = await client.post('/concerns', {}, { 'idempotency-key': 'k' }).catch((thrown: unknown) => thrown);
    resolve({ isUnsent: error instanceof ServiceUnavailable ? error.isUnsent : undefined, hasChangedNothing: hasChangedNothing() });
  };
  visiting({ visitor: undefined, formToken: () => '' }, () => void send());
  return promise;
}

describe('what was sent to a service that does not answer', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])('cannot have come there where it cannot be reached: %s', async (code) => {
    expect(await sending(broken(code))).toEqual({ isUnsent: true, hasChangedNothing: true });
  });

  it('may have come there where the connection broke, or the answer is late or says nothing', async () => {
    for (const end of [broken('ECONNRESET'), broken('UND_ERR_SOCKET'), new DOMException('late', 'TimeoutError'), Response.json({}, { status: 503 })]) {
      expect(await sending(end)).toEqual({ isUnsent: false, hasChangedNothing: false });
    }
  });

  it('may have come there with the first of two tries', async () => {
    expect(await sending(broken('ECONNRESET'), broken('ECONNREFUSED'))).toEqual({ isUnsent: false, hasChangedNothing: false });
  });

  it('leaves nothing in doubt where it only reads', async () => {
    const client = new ServiceClient({ service: 'triage', url: 'http://triage.test', fetch: () => Promise.reject(new DOMException('late', 'TimeoutError')) });
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const ask = () => void client.query('/concerns/find', {}).catch(() => resolve(hasChangedNothing()));
    visiting({ visitor: undefined, formToken: () => '' }, ask);
    expect(await promise).toBe(true);
  });

  it('was not sent where nobody says who asks', async () => {
    const client = new ServiceClient({ service: 'triage', url: 'http://triage.test', signing: () => Promise.reject(new Error('no token')), fetch: () => Promise.reject(new Error('never')) });
    await expect(client.post('/concerns', {})).rejects.toMatchObject({ isUnsent: true });
  });
});
