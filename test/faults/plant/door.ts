import { createConnection, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { loopback } from '../../../tools/servers/ports.ts';

/** Changes what passes through a door on its way to a service; undefined: nothing. */
export type Passage = () => Duplex;

/** A way from the services to a server of theirs on loopback, which a fault may cut, hold up, or tamper with. */
export class Door {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #target: () => number;
  #isShut = false;
  #isHeld = false;
  /** For connections that are made from now on. */
  passage: Passage | undefined;

  constructor(target: () => number) {
    this.#target = target;
    this.#server = createServer((client) => this.#join(client));
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, loopback, resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks every connection; new ones are taken. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** Takes nobody in and lets nobody through, until it is opened again. */
  shut(isShut: boolean): void {
    this.#isShut = isShut;
    if (isShut) this.cut();
  }

  /** Lets nothing pass while connections stay: a network that swallows everything. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    for (const socket of this.#open) {
      if (isHeld) socket.pause();
      else socket.resume();
    }
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket): void {
    if (this.#isShut) return void client.destroy();
    const server = createConnection({ port: this.#target(), host: loopback });
    const passage = this.passage?.();
    for (const [socket, other] of [[client, server], [server, client]] as const) {
      socket.setNoDelay(true);
      this.#open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#open.delete(socket);
        other.destroy();
      });
    }
    client.pipe(server);
    if (passage) server.pipe(passage).pipe(client);
    else server.pipe(client);
    if (this.#isHeld) for (const socket of [client, server]) socket.pause();
  }
}
