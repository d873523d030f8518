import { decide, type Role } from '#libs/access';
import { OwnToken, wantedFrom } from '#libs/identity';
import { z } from 'zod';
import { type Answer, asVisitor, type FileList, fileList, type FileRefusal, fileRefusal, type SentFile, ServiceClient, ServiceUnavailable, visitor } from '#libs/pages';
import type { Config } from './config.js';
import type { FilePlace, FollowedPlace } from './files/file-place.js';
import { begun, type Followed, followed, type SentBy, sentBy } from './follow/code/shapes.js';
import { ownOrganisation } from './concern/own.js';
import { raised, raisedItem } from './follow/follow-page.js';
import type { More, Told } from './more/more-page.js';

/** The token of the function that fills this site's templates. */
export const RENDER = Symbol('render');
/** The token of the settings. */
export const CONFIG = Symbol('config');
/** The token of the clock, in milliseconds. */
export const NOW = Symbol('now');

const ownReply = z.object({ organisation: ownOrganisation.nullable() });

/** Gives the headers that say who asks. */
export type Signing = () => Promise<Record<string, string>>;

/** The only service that this site knows. */
export class Triage {
  private readonly client: ServiceClient;
  /** For what a page would rather do without than wait for. */
  private readonly soon: ServiceClient;
  private readonly councils: readonly string[];

  constructor(
    config: Pick<Config, 'TRIAGE_URL' | 'PUBLIC_CLIENTS'>,
    /** As whom a council is told what the public raises, and asked how that goes on. */
    private readonly asPublic: (authority: string) => Signing | undefined,
    request: typeof fetch = fetch,
  ) {
    this.client = new ServiceClient({ service: 'triage', url: config.TRIAGE_URL, fetch: request });
    this.soon = new ServiceClient({ service: 'triage', url: config.TRIAGE_URL, fetch: request, timeoutMs: 2_000 });
    this.councils = [...config.PUBLIC_CLIENTS.keys()];
  }

  /**
   * Raises a concern: in the name of whoever is signed in, or through this site's own narrow program. The same key and body
   * again in the same name come to the same concern.
   */
  raise(body: { authority: string }, { key, as }: { key: string; as: string }): Promise<Answer> {
    return this.named({ as, authority: body.authority }).post('/concerns', body, { 'idempotency-key': key });
  }

  /** What became of the files that were added to a concern so; why that is not to be seen any more; undefined where nobody may see it. */
  async files(place: FilePlace | FollowedPlace): Promise<FileList | FileRefusal | undefined> {
    const { client, path, headers } = this.filesOf(place);
    const { status, body } = await client.ask(path, { method: 'GET', headers });
    if (status === 200) return fileList.parse(body);
    if (status === 409) return fileRefusal.parse(body ?? {});
    if (status === 404) return undefined;
    throw new ServiceUnavailable('triage', { cause: new Error(`unexpected answer with status ${status}`) });
  }

  /** Sends a file on as it comes. The same key again, with the same file, comes to the same file. */
  addFile(place: FilePlace | FollowedPlace, file: SentFile, key: string): Promise<Answer> {
    const { client, path, headers } = this.filesOf(place);
    return client.sendFile(path, file, { ...headers, 'idempotency-key': key });
  }

  /** A concern to which whoever raised it writes more; undefined where it is not theirs, or followed no more. */
  async toTell(place: { id: string } | FollowedPlace): Promise<Told | 'taken_back' | undefined> {
    if ('following' in place) {
      const found = await this.followed(place);
      return found && (found.stage === 'taken_back' ? found.stage : { ...found, isDecided: found.decidedAt !== null });
    }
    const { status, body } = await this.client.as(asVisitor).ask(`/concerns/${place.id}`, { method: 'GET' });
    if (status === 404) return undefined;
    if (status !== 200) throw new ServiceUnavailable('triage', { cause: new Error(`unexpected answer with status ${status}`) });
    const found = raisedItem.parse(body);
    return found.status === 'entered-in-error' ? 'taken_back' : { ...found, isDecided: found.decidedAt !== null };
  }

  /** Sends on what whoever raised it writes. The same key again, with the same words, is taken once. */
  tellMore(place: { id: string } | FollowedPlace, more: More, key: string): Promise<Answer> {
    const headers = { 'idempotency-key': key };
    if ('following' in place) return this.publicly(place.council).post('/concerns/follow/more', { following: place.following, ...more }, headers);
    return this.client.as(asVisitor).post(`/concerns/${place.id}/more`, more, headers);
  }

  private filesOf(place: FilePlace | FollowedPlace): { client: ServiceClient; path: string; headers: Record<string, string> } {
    if ('following' in place) return { client: this.named({ as: '', authority: place.council }), path: '/concerns/follow/files', headers: { 'caseward-following': place.following } };
    return { client: this.named(place), path: `/concerns/${place.id}/files`, headers: {} };
  }

  /** Has a code sent to whoever raised a concern with one of the councils. Where messages go: the answer says nothing else. */
  async askCode(reference: string): Promise<SentBy> {
    const answers = await Promise.all(this.councils.map((council) => this.publicly(council).post('/concerns/follow/code', { reference })));
    const asked = answers.map(({ status, body }) => (status === 202 ? sentBy.parse(body).sentBy : 'nobody'));
    return asked.includes('nobody') ? 'nobody' : (asked[0] ?? 'nobody');
  }

  /** What opens the concern with one of the councils from now on; undefined where the code opens nothing. */
  async follow(reference: string, code: string): Promise<{ council: string; following: string } | undefined> {
    const answers = await Promise.all(this.councils.map(async (council) => ({ council, ...(await this.publicly(council).post('/concerns/follow/begin', { reference, code })) })));
    const opened = answers.find(({ status }) => status === 200);
    return opened && { council: opened.council, ...begun.parse(opened.body) };
  }

  /** How it goes on; undefined where it is followed no more. */
  async followed({ council, following }: { council: string; following: string }): Promise<Followed | undefined> {
    if (!this.councils.includes(council)) return undefined;
    const { status, body } = await this.publicly(council).post('/concerns/follow/look', { following });
    if (status === 200) return followed.parse(body);
    if (status === 409 || status === 400) return undefined;
    throw new ServiceUnavailable('triage', { cause: new Error(`unexpected answer with status ${status}`) });
  }

  async unfollow({ council, following }: { council: string; following: string }): Promise<void> {
    if (this.councils.includes(council)) await this.publicly(council).post('/concerns/follow/end', { following });
  }

  private named({ as, authority }: Pick<FilePlace, 'as' | 'authority'>): ServiceClient {
    const signing = as === '' ? this.asPublic(authority) : asVisitor;
    if (!signing) throw new Error(`nobody speaks with ${authority} for the public`);
    return this.client.as(signing);
  }

  private publicly(council: string): ServiceClient {
    return this.client.as(this.asPublic(council)!);
  }

  /** For which organisation whoever is signed in raises concerns; undefined: for none that is known. */
  async ownOrganisation(): Promise<z.infer<typeof ownOrganisation> | undefined> {
    const { organisation } = await this.soon.as(asVisitor).get('/concerns/referrer', {}, ownReply);
    return organisation ?? undefined;
  }

  /** How the concerns of whoever is signed in go on. */
  raised(page: number): Promise<z.infer<typeof raised>> {
    return this.client.as(asVisitor).get('/concerns/raised', { page: String(page) }, raised);
  }
}

/** In whose name this council is told now: that of whoever is signed in and may, or nobody's: empty. */
export const nameFor = (authority: string): string => (mayRaise(authority) ? visitor()!.id : '');

function mayRaise(authority: string): boolean {
  const who = visitor();
  if (!who) return false;
  const { id } = who;
  const record = { authority, raisedBy: id } as const;
  return decide({ who: { id, roles: who.roles as Role[], authority: who.authority }, action: 'concern.raise', record }).allowed;
}

/** The site's own narrow programs, one for each council: they can raise a concern, add files to what was just raised, and have whoever raised one so follow it by a code. */
export function publicPrograms(config: Config): (authority: string) => Signing | undefined {
  const wanted = wantedFrom(config, 'concern.raise concern.add_file concern.follow_by_code');
  const tokens = new Map([...config.PUBLIC_CLIENTS].map(([authority, clientId]) => [authority, new OwnToken({ issuer: config.OIDC_ISSUER, clientId, key: config.CLIENT_KEY_FILE }, wanted)]));
  return (authority) => {
    const token = tokens.get(authority);
    return token && (() => token.headers());
  };
}
