import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';
import { Archive, Unreachable } from './archive.js';

const reference = { messageId: '0190c1d2-0000-4000-8000-0000000000a1:v1', stream: 'triage', streamSequence: 1 };

/** Asks a publisher that answers so; the stream has nothing any more. */
async function finding(answer: RequestListener) {
  const publisher = createServer(answer);
  await new Promise<void>((listening) => publisher.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`;
  try {
    return await new Archive({ connection: { isClosed: () => true } as NatsConnection, publishers: { triage: url } }).find(reference);
  } finally {
    publisher.closeAllConnections();
    publisher.close();
  }
}

describe('a message that the stream no longer has', () => {
  it('is found with whoever published it', async () =>
    expect(await finding((_request, response) => response.end('{"id":"one"}'))).toEqual({ content: { id: 'one' }, foundIn: 'publisher' }));

  it('is nobody’s where its publisher does not know it', async () =>
    expect(await finding((_request, response) => response.writeHead(404).end())).toBeUndefined());

  it.each<[string, RequestListener]>([
    ['answers that it cannot', (_request, response) => response.writeHead(503).end()],
    ['dies in the middle of its answer', (_request, response) => response.write('{"id":', () => response.destroy())],
  ])('is asked for again later where its publisher %s', async (_how, answer) => {
    await expect(finding(answer)).rejects.toThrow(Unreachable);
  });
});
