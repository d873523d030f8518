import { Inject, Injectable, Logger } from '@nestjs/common';
import { v5 } from 'uuid';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { authoritiesOf, Words } from '#libs/journal';
import { Clock, Database, onceMore, type Peer } from '#libs/platform';
import { Mentions } from '../../application/mentions.js';
import type { ExtractFile } from '../../domain/mention.js';

/** The services that take the files, undefined where nobody has said where they answer. */
export const FILE_PEERS = Symbol('where the files of an extract were taken');
export type FilePeers = Readonly<Record<ExtractFile, Peer | undefined>>;

const page = z.object({ items: z.array(z.object({ id: z.number(), authority: z.string(), kind: z.string().nullable(), name: z.string() })) });
type Named = z.infer<typeof page>['items'][number];

const namespace = '6d3b8f0a-1f0e-5c55-9b7a-0f5e2f1c9ad4';
const timeoutMs = 10_000;

/** Fetches from the services that took an extract which organisations it names. */
@Injectable()
export class FoundMentions {
  private readonly logger = new Logger('mentions');

  constructor(
    private readonly database: Database,
    private readonly mentions: Mentions,
    private readonly clock: Clock,
    @Inject(FILE_PEERS) private readonly peers: FilePeers,
  ) {}

  /** Everything that is named is asked for each time, and what is known already is left. A service that is away is asked the next time. */
  async gather(): Promise<{ found: number; away: ExtractFile[] }> {
    // Who cannot keep what they would be told asks nobody.
    await this.database.query('select');
    const away: ExtractFile[] = [];
    let found = 0;
    for (const file of ['concerns', 'dols'] as const) {
      try {
        for await (const items of this.pages(file)) found += await this.keep(file, items);
      } catch (error) {
        this.logger.warn({ file, name: (error as Error).name }, 'Nobody could say which organisations a file names');
        away.push(file);
      }
    }
    return { found, away };
  }

  private async *pages(file: ExtractFile): AsyncGenerator<Named[]> {
    const peer = this.peers[file];
    if (!peer) throw new Error(`nobody has said where the file ${file} was taken`);
    for (let after = 0; ; ) {
      const answer = await onceMore(async () =>
        fetch(`${peer.url}/internal/organisations-named?after=${after}`, { redirect: 'error', headers: await peer.signing(), signal: AbortSignal.timeout(timeoutMs) }),
      );
      if (!answer.ok) throw new Error(`asked for the organisations of ${file}: ${answer.status}`);
      const { items } = page.parse(await answer.json());
      if (items.length === 0) return;
      yield items;
      after = items.at(-1)!.id;
    }
  }

  private keep(file: ExtractFile, items: Named[]): Promise<number> {
    return this.database.transaction(authoritiesOf(items), async (tx) => {
      const at = this.clock.now();
      const results = await this.mentions.handleAll(tx, items.map(({ authority, kind, name }) => {
        const words = new Words(this.database.vault);
        const isKind = codes.organisationKind.safeParse(kind).success;
        const command = { type: 'FindMention' as const, at, file, kind: isKind ? kind : null, name: words.keep(name) };
        return { recordId: this.idOf(authority, name), command, context: { authority, actor: null, recordedAt: at }, words };
      }));
      return results.filter(({ events }) => events.length > 0).length;
    }, 3);
  }

  /** One record for a name however it is written; under a key of the service, so that nobody can guess a name from an id, and the oldest, so that it stays. */
  private idOf(authority: string, name: string): string {
    const plain = name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
    return v5(this.database.vault.lastingHmac('mention', `${authority}\0${plain}`).toString('base64url'), namespace);
  }
}
