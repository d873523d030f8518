import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** What a program was told, as it came. */
export interface Heard {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The program of an invented partner, as far as it is told something. */
export class AReceiver {
  readonly heard: Heard[] = [];
  /** How it answers; that it has it, unless told. */
  answers: (response: ServerResponse) => void = (response) => response.writeHead(204).end();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<AReceiver> {
    const server = createServer();
    const receiver = new AReceiver(server);
    server.on('request', async (request, response) => {
      receiver.heard.push({ path: request.url!, headers: request.headers, body: await text(request) });
      receiver.answers(response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/heard`;
  }

  /** What it was told, as the library reads it that whoever receives would use. Throws where a signature is not ours. */
  read(secret: string): unknown[] {
    return this.heard.map(({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>));
  }

  reset(): void {
    this.heard.length = 0;
    this.answers = (response) => response.writeHead(204).end();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
