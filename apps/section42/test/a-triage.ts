import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KnownConcern, recordIdOf } from '#libs/extract';

/** What `triage` answers during an import: the concerns that it holds, and how many came to an enquiry. */
export class ATriage {
  readonly concerns = new Map<string, KnownConcern>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ATriage> {
    const server = createServer();
    const triage = new ATriage(server);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(triage.answer(body))));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return triage;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  hold(reference: string, outcome: KnownConcern['outcome'] = 's42_enquiry', authority = 'E06000062'): string {
    const id = recordIdOf('concern', reference);
    this.concerns.set(reference, { reference, id, authority, outcome });
    return id;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(body: string): object {
    if (body === '') return { enquiries: [...this.concerns.values()].filter(({ outcome }) => outcome === 's42_enquiry').length };
    const { references } = JSON.parse(body) as { references: string[] };
    return { concerns: references.flatMap((reference) => this.concerns.get(reference) ?? []) };
  }
}
