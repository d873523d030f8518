import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { post } from './posting.ts';

let server: Server;
let status = 201;
const seen: { key: string | undefined; token: string | undefined; body: string }[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    seen.push({ key: request.headers['idempotency-key'] as string, token: request.headers.authorization, body: await text(request) });
    response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

const target = () => ({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, path: '/concerns', headers: { authorization: 'Bearer of-somebody' } });

describe('posting', () => {
  it('posts as many as it is told, each with a key of its own', async () => {
    let made = 0;
    const { taken, perSecond } = await post(target(), { atOnce: 4, amount: 40, body: () => ({ made: (made += 1) }) });
    expect(taken).toBe(40);
    expect(perSecond).toBeGreaterThan(0);
    expect(seen).toHaveLength(40);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(40);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(40);
    expect(new Set(seen.map(({ token }) => token))).toEqual(new Set(['Bearer of-somebody']));
  });

  it('fails where what is posted is not taken', async () => {
    status = 429;
    await expect(post(target(), { atOnce: 2, amount: 4, body: () => ({}) })).rejects.toThrow(/0 were taken.*429/);
  });
});
