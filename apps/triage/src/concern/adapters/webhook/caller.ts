import { lookup, type LookupAddress } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPlain, mayReach, type TargetRules, targetTrouble } from './targets.js';

/** Why a program was not told: nobody answers in time; it takes nothing; it leads elsewhere; or its address is none that may be told. */
export type HookTrouble = 'no_answer' | 'refused' | 'redirected' | 'unsafe';

/** What came of telling a program: it has it; it wants nothing any more; or it is tried again. */
export type Told = { is: 'told' } | { is: 'gone'; answered: number } | { is: 'later'; trouble: HookTrouble; answered: number | null };

export interface Call {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

type Resolve = (host: string, options: { all: true }, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

class Unsafe extends Error {
  override readonly name = 'Unsafe';
}

/** So long an answer may take. */
const usualMs = 5_000;

/**
 * Tells a program by a request that it named the target of. A name is looked up when it is connected to, all that it stands
 * for is judged, and no other address is connected to. Nothing of an answer is read but its status; none leads elsewhere.
 */
export class Caller {
  constructor(
    private readonly rules: TargetRules,
    private readonly resolve: Resolve = lookup,
    private readonly timeoutMs = usualMs,
  ) {}

  async tell({ url: text, headers, body }: Call): Promise<Told> {
    const url = new URL(text);
    if (targetTrouble(url, this.rules) !== undefined) return { is: 'later', trouble: 'unsafe', answered: null };
    try {
      return toldBy(await this.statusOf(url, headers, body));
    } catch (error) {
      return { is: 'later', trouble: error instanceof Unsafe ? 'unsafe' : 'no_answer', answered: null };
    }
  }

  private statusOf(url: URL, headers: Call['headers'], body: string): Promise<number> {
    const ask = isPlain(url) ? plainRequest : tlsRequest;
    return new Promise((resolve, reject) => {
      const asked = ask(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'caseward' },
        // A connection of its own, so that each is judged.
        agent: false,
        lookup: this.judged(isPlain(url)),
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      asked.on('error', reject).on('response', (response) => {
        resolve(response.statusCode!);
        response.on('error', () => {}).destroy();
      });
      asked.end(body);
    });
  }

  private judged(plain: boolean): LookupFunction {
    return (host, { all: wantsAll }, done) =>
      this.resolve(host, { all: true }, (error, addresses = []) => {
        const [first] = addresses;
        if (error || !first) return done(error ?? new Error('the name stands for nothing'), []);
        if (!addresses.every(({ address }) => mayReach(address, this.rules, plain))) return done(new Unsafe('the name stands for an address that may not be told'), []);
        return wantsAll ? done(null, addresses) : done(null, first.address, first.family);
      });
  }
}

function toldBy(status: number): Told {
  if (status >= 200 && status < 300) return { is: 'told' };
  if (status === 410) return { is: 'gone', answered: status };
  return { is: 'later', trouble: status >= 300 && status < 400 ? 'redirected' : 'refused', answered: status };
}
