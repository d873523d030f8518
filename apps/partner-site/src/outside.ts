import { decide, type Role } from '#libs/access';
import { OwnToken, wantedFrom } from '#libs/identity';
import type { z } from 'zod';
import { type Answer, asVisitor, ServiceClient, visitor } from '#libs/pages';
import type { Config } from './config.js';
import { raised } from './follow/follow-page.js';

/** The token of the function that fills this site's templates. */
export const RENDER = Symbol('render');
/** The token of the settings. */
export const CONFIG = Symbol('config');
/** The token of the clock, in milliseconds. */
export const NOW = Symbol('now');

/** Gives the headers that say who asks. */
export type Signing = () => Promise<Record<string, string>>;

/** The only service that this site knows. */
export class Triage {
  private readonly client: ServiceClient;

  constructor(
    config: Pick<Config, 'TRIAGE_URL'>,
    /** As whom a council is told what the public raises. */
    private readonly asPublic: (authority: string) => Signing | undefined,
    request: typeof fetch = fetch,
  ) {
    this.client = new ServiceClient({ service: 'triage', url: config.TRIAGE_URL, fetch: request });
  }

  /**
   * Raises a concern. The same key and body again come to the same concern. Whoever is signed in and may raises it in their
   * own name; everybody else through this site's own narrow program.
   */
  raise(body: { authority: string }, key: string): Promise<Answer> {
    const signing = mayRaise(body.authority) ? asVisitor : this.asPublic(body.authority);
    if (!signing) throw new Error(`nobody raises what the public tells ${body.authority}`);
    return this.client.as(signing).post('/concerns', body, { 'idempotency-key': key });
  }

  /** How the concerns of whoever is signed in go on. */
  raised(page: number): Promise<z.infer<typeof raised>> {
    return this.client.as(asVisitor).get('/concerns/raised', { page: String(page) }, raised);
  }
}

/** Whether whoever is signed in may tell this council in their own name. */
function mayRaise(authority: string): boolean {
  const who = visitor();
  if (!who) return false;
  const { id } = who;
  const record = { authority, sensitivity: 'ordinary', raisedBy: id } as const;
  return decide({ who: { id, roles: who.roles as Role[], authority: who.authority }, action: 'concern.raise', record }).allowed;
}

/** The site's own narrow programs, one for each council: they can raise a concern, and nothing else. */
export function publicPrograms(config: Config): (authority: string) => Signing | undefined {
  const wanted = wantedFrom(config, 'concern.raise');
  const tokens = new Map([...config.PUBLIC_CLIENTS].map(([authority, clientId]) => [authority, new OwnToken({ issuer: config.OIDC_ISSUER, clientId, key: config.CLIENT_KEY_FILE }, wanted)]));
  return (authority) => {
    const token = tokens.get(authority);
    return token && (() => token.headers());
  };
}
