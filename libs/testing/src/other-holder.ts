import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface About {
  people: string[];
  authority: string;
}

/** Stands in for the service that holds the other kind of record about people: it tells who is named in its restricted ones. It stands in for `people` besides, where the ages of an extract are asked for. */
export class OtherHolder {
  /** Who is named in a restricted record there, by the person whom it is about. */
  readonly named = new Map<string, string[]>();
  /** Whose record there is restricted, though nobody is left of those who were named. */
  readonly restricted = new Set<string>();
  /** From whom records there are kept for the sake of the person whom they are about. */
  readonly kept = new Map<string, { id: string; why: 'about_oneself' | 'close_to_person' }[]>();
  readonly asked: About[] = [];
  isAway = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<OtherHolder> {
    const server = createServer(async (request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url !== '/internal/restricted-people' && !request.url?.endsWith('/ages')) return void response.writeHead(404).end('{}');
      const { about = [], questions = [] } = (await json(request)) as { about?: About[]; questions?: object[] };
      if (holder.isAway) return void response.writeHead(500).end('{}');
      holder.asked.push(...about);
      response.end(JSON.stringify({
        names: about.map(({ people }) => people.flatMap((id) => holder.named.get(id) ?? [])),
        restricted: about.map(({ people }) => people.some((id) => holder.restricted.has(id) || (holder.named.get(id) ?? []).length > 0)),
        kept: about.map(({ people }) => people.flatMap((id) => holder.kept.get(id) ?? [])),
        ages: questions.map(() => ({ isKnown: true, ageBand: '75-84', isUnder18: false })),
      }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const holder = new OtherHolder(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return holder;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
