import { ServiceClient } from '#libs/pages';
import type { Config } from './config.js';

/** The token of the function that fills this site's templates. */
export const RENDER = Symbol('render');
/** The token of the settings. */
export const CONFIG = Symbol('config');

/** The only service that this site knows. */
export class Triage {
  private readonly client: ServiceClient;

  constructor(config: Config, request: typeof fetch = fetch) {
    this.client = new ServiceClient({ service: 'triage', url: config.TRIAGE_URL, fetch: request });
  }

  /** Raises a concern. The same key and body again come to the same concern. */
  raise(body: { authority: string }, key: string) {
    const actor = body.authority === 'E06000061' ? 'staff-partner-north-1' : 'staff-partner-1';
    return this.client.as(actor).post('/concerns', body, { 'idempotency-key': key });
  }
}
