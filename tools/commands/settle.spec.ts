import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Running } from '../start/running.ts';
import { settle } from './settle.ts';

describe('waiting until all has arrived', () => {
  const answers = [{ outbox: 2, messages: 1 }, { outbox: 0, messages: 0 }];
  let server: Server;
  let running: Running;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.end(JSON.stringify({ ...(answers.length > 1 ? answers.shift() : answers[0]), deadLetters: 3 }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const services = { metrics: { url, pids: [], openapi: '' } };
    running = { services, sites: { partner: '', staff: '' }, nats: { url: '', pid: null }, postgres: { url: '', pid: null } };
  });
  afterAll(() => void server.close());

  it('ends when nothing is left, and says what was set aside', async () => {
    const left: number[] = [];
    const said: string[] = [];
    await settle(running, { onLeft: (count) => left.push(count), say: (line) => said.push(line) });
    expect(left).toEqual([3, 0, 0]);
    expect(said).toEqual([expect.stringContaining('metrics: 3 messages were set aside')]);
  });
});
