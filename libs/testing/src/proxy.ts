import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a client and a server, and can hang as a network or a frozen server does: connections are taken, and nothing is said. */
export class Proxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private isHanging = false;

  private constructor(private readonly target: { host: string; port: number }) {
    this.server = createServer((client) => this.join(client));
  }

  /** In front of the server that `url` names. */
  static async before(url: string): Promise<Proxy> {
    const { hostname, port } = new URL(url);
    const proxy = new Proxy({ host: hostname, port: Number(port) });
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** The same address, by way of here. */
  through(url: string): string {
    const to = new URL(url);
    to.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return to.href;
  }

  hang(): void {
    this.isHanging = true;
    for (const socket of this.sockets) socket.pause();
  }

  goOn(): void {
    this.isHanging = false;
    for (const socket of this.sockets) socket.resume();
  }

  /** Ends every connection without a word. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const server = connect(this.target);
    client.pipe(server);
    server.pipe(client);
    for (const [one, other] of [[client, server], [server, client]] as const) {
      this.sockets.add(one);
      if (this.isHanging) one.pause();
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}
