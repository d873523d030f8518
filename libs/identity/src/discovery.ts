import { z } from 'zod';
import { ProviderAway } from './token-refused.js';

const document = z.object({ issuer: z.string(), jwks_uri: z.url(), token_endpoint: z.url() }).catchall(z.json());

/** What a provider says about itself, as far as it is needed here. */
export type Discovered = z.infer<typeof document>;

const timeoutMs = 2_000;
const keptMs = 3_600_000;
/** So long after it did not answer it is left alone. */
const againMs = 30_000;

/** Asks a provider about itself, once an hour. While it is away, what it said last goes on to hold. */
export class Discovery {
  private found: { document: Discovered; at: number } | undefined;
  private asking: Promise<Discovered> | undefined;

  constructor(private readonly issuer: string) {}

  /** Throws `ProviderAway` where it has never answered, or says that it is another. */
  async find(): Promise<Discovered> {
    const { found } = this;
    if (found && performance.now() - found.at < keptMs) return found.document;
    const asking = (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
    const failed = asking.catch((error: unknown) => {
      throw new ProviderAway({ cause: error });
    });
    if (!found) return failed;
    // Nobody waits for what is known already.
    found.at = performance.now() - keptMs + againMs;
    failed.catch(() => undefined);
    return found.document;
  }

  private async ask(): Promise<Discovered> {
    const answer = await fetch(`${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const said = document.parse(await answer.json());
    if (said.issuer !== this.issuer) throw new Error('the provider says that it is another');
    this.found = { document: said, at: performance.now() };
    return said;
  }
}
