import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rebuilding, type Step } from './rebuilding.ts';

let server: Server;
let answer: (response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((_request, response) => answer(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const steps: Step[] = [];
const rebuild = () => rebuilding({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers: {} }, 'facts', (step) => steps.push(step));

describe('having a service rebuild something', () => {
  it('hears how far it is and what it came to', async () => {
    answer = (response) => response.end('{"doing":"reading","events":5}\n{"done":{"events":9}}\n');
    expect(await rebuild()).toEqual({ events: 9 });
    expect(steps).toEqual([{ doing: 'reading', events: 5 }]);
  });

  it('says why it was refused', async () => {
    answer = (response) => response.writeHead(409).end('{"detail":"The facts are being rebuilt just now."}');
    await expect(rebuild()).rejects.toThrow('The facts are being rebuilt just now.');
  });

  it('says why it failed after it had begun', async () => {
    answer = (response) => response.end('{"doing":"reading","events":5}\n{"failed":"the disk is full"}\n');
    await expect(rebuild()).rejects.toThrow('the disk is full');
  });

  it('takes an answer without its end for no success', async () => {
    answer = (response) => {
      response.write('{"doing":"reading","events":5}\n');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(rebuild()).rejects.toThrow('half way');
  });
});
