import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { settle } from './settle.ts';
import type { Operated } from './tokens.ts';

interface Answer {
  outbox: number;
  messages: number;
  told: number;
  carried: number;
  taken: number;
  last: number;
}

let server: Server;
let running: Operated;
let answer: () => Answer;
beforeAll(async () => {
  server = createServer((_request, response) => {
    const { taken, last, ...rest } = answer();
    response.end(JSON.stringify({ ...rest, streams: [{ stream: 'triage', taken, last }], deadLetters: 3, parkedSeconds: 0 }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const services = { metrics: { url, pids: [], openapi: '' } };
  running = { services, headersOf: async () => ({}) } as unknown as Operated;
});
afterAll(() => void server.close());

describe('waiting until all has arrived', () => {
  it('ends when nothing is left, and says what was set aside', async () => {
    const answers = [
      { outbox: 2, messages: 1, told: 9, carried: 7, taken: 4, last: 5 },
      { outbox: 0, messages: 1, told: 9, carried: 9, taken: 4, last: 5 },
      { outbox: 0, messages: 0, told: 9, carried: 9, taken: 5, last: 5 },
    ];
    answer = () => (answers.length > 1 ? answers.shift()! : answers[0]!);
    const left: number[] = [];
    const said: string[] = [];
    await settle(running, { onLeft: (count) => left.push(count), say: (line) => said.push(line) });
    expect(left.slice(0, 3)).toEqual([3, 1, 0]);
    expect(left.slice(3).every((count) => count === 0)).toBe(true);
    expect(said).toEqual([expect.stringContaining('metrics: 3 messages were set aside')]);
  });

  it('ends while people go on working, once what was on its way has come', async () => {
    let asked = 0;
    answer = () => {
      asked += 1;
      return { outbox: 5, messages: 5, told: 100 + 5 * asked, carried: 95 + 5 * asked, taken: 45 + 5 * asked, last: 50 + 5 * asked };
    };
    await settle(running, { say: () => undefined });
    expect(asked).toBeGreaterThan(10);
  });
});
