import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnyContract } from '#libs/contracts';

/** Tells contracts as a publishing service does: those after a position, as lines. */
export class APublisher {
  private readonly told: AnyContract[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<APublisher> {
    const server = createServer();
    const publisher = new APublisher(server);
    server.on('request', (request, response) => {
      const after = Number(new URL(request.url!, 'http://localhost').searchParams.get('after'));
      for (const [index, contract] of publisher.told.slice(after).entries()) {
        response.write(`${JSON.stringify({ position: after + index + 1, ...contract })}\n`);
      }
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return publisher;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  tell(...contracts: AnyContract[]): void {
    this.told.push(...contracts);
  }

  forgetAll(): void {
    this.told.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
