import { createSecretKey } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';

/** What the peer was sent. */
export interface TakenMessage {
  id: string;
  type: 'email' | 'sms';
  reference: string;
  template_id: string;
  email_address?: string;
  phone_number?: string;
  personalisation: Record<string, string>;
  status: string;
}

const serviceId = '11111111-1111-4111-8111-111111111111';
const secret = '22222222-2222-4222-8222-222222222222';
export const apiKey = `caseward_tests-${serviceId}-${secret}`;

const refusals: Record<number, { error: string; message: string }> = {
  400: { error: 'BadRequestError', message: 'Missing personalisation: message' },
  403: { error: 'AuthError', message: 'Invalid token: API key not found' },
  429: { error: 'RateLimitError', message: 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds' },
  500: { error: 'Exception', message: 'Internal server error' },
};

/** A peer on this machine that speaks the API of GOV.UK Notify, as far as it is used here. */
export class ANotify {
  readonly taken: TakenMessage[] = [];
  /** What it answers next instead of taking anything. */
  answersWith: number | undefined;
  refusal: { error: string; message: string } | undefined;
  /** It takes what it is sent, and does not say so. */
  keepsSilent = false;
  lookedFor: string[] = [];
  private counted = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ANotify> {
    const server = createServer();
    const peer = new ANotify(server);
    server.on('request', (request, response) => {
      void peer.answer(request).then((answer) => {
        if (answer) response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.taken.length = 0;
    this.lookedFor = [];
    this.answersWith = undefined;
    this.refusal = undefined;
    this.keepsSilent = false;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: object } | undefined> {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const proved = await jwtVerify(token, createSecretKey(Buffer.from(secret)), { issuer: serviceId, algorithms: ['HS256'], maxTokenAge: '30s', clockTolerance: 5 }).catch(() => undefined);
    if (!proved) return refused(403, refusals[403]!);
    const sent = request.method === 'POST' ? await read(request) : undefined;
    if (sent && this.keepsSilent) {
      this.take(pathname, sent);
      return undefined;
    }
    if (this.answersWith) return refused(this.answersWith, this.refusal ?? refusals[this.answersWith]!);
    if (sent) return { status: 201, body: this.take(pathname, sent) };
    const reference = searchParams.get('reference');
    if (reference !== null) {
      this.lookedFor.push(reference);
      return { status: 200, body: { notifications: this.taken.filter((one) => one.reference === reference), links: {} } };
    }
    const found = this.taken.find(({ id }) => id === pathname.split('/').at(-1));
    return found ? { status: 200, body: found } : refused(404, { error: 'NoResultFound', message: 'No result found' });
  }

  private take(pathname: string, sent: object): TakenMessage {
    const id = `33333333-3333-4333-8333-${String((this.counted += 1)).padStart(12, '0')}`;
    const one = { status: 'created', ...sent, id, type: pathname.endsWith('/sms') ? 'sms' : 'email' } as TakenMessage;
    this.taken.push(one);
    return one;
  }
}

const refused = (status: number, error: object) => ({ status, body: { status_code: status, errors: [error] } });

async function read(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as object;
}
