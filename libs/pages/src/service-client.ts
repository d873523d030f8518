import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import type { z } from 'zod';
// By its file: the lib as a whole brings databases and brokers, which a site has nothing to do with.
import { onceMore } from '../../platform/src/once-more.js';
import { mayChange } from './visitor.js';

/** A service does not answer, or not in time, or not in the shape that was agreed. `isUnsent`: nothing of what was asked can have come to it. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
  readonly isUnsent: boolean;

  constructor(
    readonly service: string,
    { isUnsent = false, ...options }: ErrorOptions & { isUnsent?: boolean } = {},
  ) {
    super(`${service} is not available`, options);
    this.isUnsent = isUnsent;
  }
}

/** Nobody can say just now whom a form is from: nothing of it was done. `cause`: why not. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun';
}

/** A service does what is asked, and not for this person. The words are for them. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

/** A service takes the token no more with which it was asked. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** A service asks whoever it is to show again that it is them, before something grave. */
export class StepUpNeeded extends Error {
  override readonly name = 'StepUpNeeded';
}

/** What a service answered. A refusal is an answer, for the page to explain. */
export interface Answer {
  status: number;
  body: unknown;
  /** How long it asks to be left alone. */
  retryAfterSeconds?: number;
}

export interface ServiceAddress {
  service: string;
  url: string;
  /** Gives the headers that say who asks. */
  signing?: () => Promise<Record<string, string>>;
  fetch?: typeof fetch;
  timeoutMs?: number;
}

const LONG_MS = 600_000;
const ofFiles = ['content-type', 'content-length', 'content-disposition'];

/** A form with one file in it (RFC 7578), as it comes. */
async function* formWith({ name, type, content }: { name: string; type: string; content: AsyncIterable<Uint8Array> }, boundary: string): AsyncGenerator<Uint8Array> {
  const [called, typed] = [name.replaceAll(/["\r\n]/g, (one) => encodeURIComponent(one)), type.replaceAll(/[^\w.+/;= -]/g, '')];
  yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${called}"\r\ncontent-type: ${typed || 'application/octet-stream'}\r\n\r\n`);
  yield* content;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Asks one service over HTTP, in JSON. */
export class ServiceClient {
  constructor(private readonly address: ServiceAddress) {}

  /** The same service, asked by somebody else. */
  as(signing: () => Promise<Record<string, string>>): ServiceClient {
    return new ServiceClient({ ...this.address, signing });
  }

  /** A file as it arrives, however long it is. */
  async stream(path: string): Promise<Readable> {
    const { body, status } = await this.request(path, { method: 'GET', signal: AbortSignal.timeout(LONG_MS) });
    if (status !== 200 || !body) throw this.unavailable(new Error(`unexpected answer with status ${status}`));
    return Readable.fromWeb(body as ReadableStream<Uint8Array>);
  }

  /** What is at a path, in the shape it is expected in. */
  async get<Shape extends z.ZodType>(path: string, query: Record<string, string>, shape: Shape): Promise<z.infer<Shape>> {
    const search = new URLSearchParams(query).toString();
    return this.expected(await this.ask(search ? `${path}?${search}` : path, { method: 'GET' }), shape);
  }

  /** The same of something that may not be there. */
  async find<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape> | undefined> {
    const answer = await this.ask(path, { method: 'GET' });
    return answer.status === 404 ? undefined : this.expected(answer, shape);
  }

  /** Sends something; gives the answer unless the service itself failed. With an Idempotency-Key it is sent once more where the connection breaks. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, inJson(body, headers));
  }

  /** Asks with a body what may stand in no address. Safe (RFC 9110, 9.2.1): it changes nothing, so a lost answer leaves nothing in doubt. */
  query(path: string, body: unknown): Promise<Answer> {
    return this.ask(path, inJson(body), { isSafe: true });
  }

  /** Sends a file as it comes. None of it is kept, so it is sent but once. */
  sendFile(path: string, file: { name: string; type: string; content: AsyncIterable<Uint8Array> }, headers: Record<string, string> = {}): Promise<Answer> {
    const boundary = randomUUID();
    const sent = { method: 'POST', body: Readable.toWeb(Readable.from(formWith(file, boundary))) as NonNullable<RequestInit['body']>, duplex: 'half', signal: AbortSignal.timeout(LONG_MS) };
    return this.ask(path, { ...sent, headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers } } as RequestInit);
  }

  /** A file with what is said of it; undefined where there is none to be had. */
  async open(path: string): Promise<{ headers: Record<string, string>; content: Readable } | undefined> {
    const { body, status, headers } = await this.request(path, { method: 'GET', signal: AbortSignal.timeout(LONG_MS) });
    if (status === 200 && body) return { headers: Object.fromEntries(ofFiles.map((name) => [name, headers.get(name) ?? ''])), content: Readable.fromWeb(body as ReadableStream<Uint8Array>) };
    await body?.cancel();
    return undefined;
  }

  /** What a service answers, a refusal included. */
  async ask(path: string, init: RequestInit = { method: 'GET' }, kind?: { isSafe: boolean }): Promise<Answer> {
    const response = await this.request(path, init, kind);
    const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { status: response.status, body: await response.json().catch(() => null), ...(wait >= 0 && { retryAfterSeconds: wait }) };
  }

  private async request(path: string, init: RequestInit, { isSafe } = { isSafe: init.method === 'GET' }): Promise<Response> {
    const { url, signing, fetch: request = fetch, timeoutMs = 10_000 } = this.address;
    let mayHaveCome = false;
    const came = (): void => {
      mayHaveCome = true;
      if (!isSafe) mayChange();
    };
    try {
      const sent = { accept: 'application/json', ...(await signing?.()), ...(init.headers as Record<string, string>) };
      const signal = init.signal ?? AbortSignal.timeout(timeoutMs);
      const send = async (): Promise<Response> => {
        try {
          return await request(new URL(path, url), { redirect: 'error', ...init, headers: sent, signal });
        } catch (error) {
          if (!isUnreached(error)) came();
          throw error;
        }
      };
      const isRepeatable = init.method === 'GET' || ('idempotency-key' in sent && !(init.body instanceof ReadableStream));
      const response = isRepeatable ? await onceMore(send) : await send();
      came();
      if (response.status >= 500) throw new Error(`answered with status ${response.status}`);
      if (response.status === 401) throw await whoIsThat(response, this.address.service);
      if (response.status === 403) throw new NotAllowed(await detailOf(response));
      return response;
    } catch (error) {
      if (error instanceof SignedOut || error instanceof StepUpNeeded || error instanceof NotAllowed) throw error;
      throw this.unavailable(error, { isUnsent: !mayHaveCome });
    }
  }

  private expected<Shape extends z.ZodType>({ status, body }: Answer, shape: Shape): z.infer<Shape> {
    const parsed = shape.safeParse(body);
    if (status === 200 && parsed.success) return parsed.data;
    throw this.unavailable(new Error(`unexpected answer with status ${status}`));
  }

  private unavailable(cause: unknown, more: { isUnsent?: boolean } = {}): ServiceUnavailable {
    return new ServiceUnavailable(this.address.service, { cause, ...more });
  }
}

const inJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

/** There was no connection by which anything could have come there. */
const unreachedCodes: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const isUnreached = (error: unknown): boolean => unreachedCodes.has(((error as { cause?: { code?: unknown } } | null)?.cause ?? {}).code);

async function whoIsThat(response: Response, service: string): Promise<Error> {
  const { code } = ((await response.json().catch(() => null)) ?? {}) as { code?: unknown };
  return code === 'token/step_up' ? new StepUpNeeded(`${service} asks whether it is still them`) : new SignedOut(`${service} asks who that is`);
}

async function detailOf(response: Response): Promise<string> {
  const { detail } = (await response.json().catch(() => ({}))) as { detail?: unknown };
  return typeof detail === 'string' ? detail : 'Your role does not allow it.';
}
