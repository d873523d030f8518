import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandError } from './failure.ts';
import { type Letter, Letters, lineOf } from './letters.ts';
import type { Operated } from './tokens.ts';

const letter = (id: string, streamSequence: number): Omit<Letter, 'service'> => ({
  id, stream: 'triage', streamSequence, type: 'safeguarding.concern.received.v1', errorClass: 'Error', attempts: 8, setAsideAt: '2026-07-01T09:00:00.000000Z',
});

describe('the letters of all services', () => {
  const waiting: Record<string, Omit<Letter, 'service'>[]> = { people: [letter('b:v1', 2), letter('c:v1', 3), letter('d:v1', 4)], metrics: [letter('a:v1', 1), letter('b:v1', 2)] };
  const asked: { path: string; actor: string | undefined; body: string }[] = [];
  const servers: Server[] = [];
  let letters: Letters;

  async function serve(service: string): Promise<string> {
    const server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://service');
      let body = '';
      for await (const bytes of request) body += String(bytes);
      asked.push({ path: `${service}${pathname}`, actor: request.headers.authorization, body });
      const page = Number(searchParams.get('page'));
      const items = waiting[service]!.slice(2 * (page - 1), 2 * page);
      const sent = { id: 'b:v1', outcome: 'taken', errorClass: null, attempts: 9, whatToDo: '' };
      const answer = request.method === 'POST' ? sent : { items, total: waiting[service]!.length, page, pageSize: 2 };
      const isGone = request.method === 'POST' && pathname.includes('z%3Av1');
      response.writeHead(isGone ? 404 : service === 'metrics' && request.method === 'POST' ? 503 : 200).end(JSON.stringify(answer));
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeAll(async () => {
    const services = { people: { url: await serve('people') }, metrics: { url: await serve('metrics') } };
    letters = new Letters({ services, headersOf: async (who?: string) => ({ authorization: `as ${who}` }) } as unknown as Operated, 'staff-data-2');
  });
  afterAll(() => servers.forEach((server) => server.close()));

  it('are listed over all pages, in the order in which they were told', async () => {
    expect((await letters.list()).map(({ service, id }) => `${service} ${id}`)).toEqual(['metrics a:v1', 'people b:v1', 'metrics b:v1', 'people c:v1', 'people d:v1']);
  });

  it('are found by id with every service where the message waits', async () => {
    expect((await letters.named('b:v1')).map(({ service }) => service)).toEqual(['people', 'metrics']);
    await expect(letters.named('z:v1')).rejects.toThrow(CommandError);
  });

  it('are sent again by somebody with a reason; what cannot be tried is told', async () => {
    const [first, second] = await letters.named('b:v1');
    expect(await letters.sendAgain(first!, 'mended')).toMatchObject({ service: 'people', outcome: 'taken' });
    expect(asked.at(-1)).toEqual({ path: 'people/dead-letters/b%3Av1/resend', actor: 'as staff-data-2', body: '{"reason":"mended"}' });
    expect(await letters.sendAgain(second!, 'mended')).toMatchObject({ service: 'metrics', outcome: 'not_tried', whatToDo: expect.stringContaining('503') });
  });

  it('that nobody lists are sent again by their id, wherever they wait', async () => {
    expect(await letters.sendUnlisted('y:v1', 'mended')).toMatchObject([{ service: 'people', outcome: 'taken' }]);
    await expect(letters.sendUnlisted('z:v1', 'mended')).rejects.toThrow('No message z:v1 waits');
  });

  it('are each a line', () => {
    expect(lineOf({ service: 'people', ...letter('b:v1', 2) })).toBe('people     b:v1  safeguarding.concern.received.v1  Error, 8 tries, since 2026-07-01T09:00:00Z');
  });
});
