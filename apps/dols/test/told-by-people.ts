import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { v7 } from 'uuid';
import type { TestBroker } from '#libs/testing';

const at = '2026-07-01T09:00:00.000000Z';

/** A contract of `people`. */
export const contractOf = (type: string, subject: string, sequence: number, data: object) => ({
  specversion: '1.0', id: `${v7()}:v1`, type: `safeguarding.person.${type}.v1`, source: 'people', subject, time: at, recordedat: at,
  // The council of the record that it is about.
  authority: 'E06000062', actor: null, sequence, causationid: null, traceparent: null, datacontenttype: 'application/json', data,
});
type Told = ReturnType<typeof contractOf>;

/** Stands in for `people`, or another who tells, where it is asked what it told. */
export class ToldByPeople {
  private readonly told: Told[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<ToldByPeople> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
      const one = people.told.find(({ id }) => pathname.endsWith(id));
      if (one) return void response.end(JSON.stringify(one));
      const after = Number(searchParams.get('after'));
      response.end(people.told.slice(after).map((contract, index) => `${JSON.stringify({ position: after + index + 1, ...contract })}\n`).join(''));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const people = new ToldByPeople(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return people;
  }

  /** Told, and carried by nobody. */
  tell(...contracts: Told[]): void {
    this.told.push(...contracts);
  }

  /** Told, and carried by the broker. */
  async publish(broker: TestBroker, ...contracts: Told[]): Promise<void> {
    this.tell(...contracts);
    const { user, password } = broker.login('set-up');
    const connection = await connect({ servers: broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
    for (const contract of contracts) await jetstream(connection).publish(contract.type, JSON.stringify(contract), { msgID: contract.id });
    await connection.close();
  }

  forgetAll(): void {
    this.told.length = 0;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
