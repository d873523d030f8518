import { HttpException } from '@nestjs/common';
import type { Envelope } from '#libs/journal';
import type { Peer } from './peer.js';

/** A published contract as its service tells it, with its position in that service's journal. */
export interface PlacedContract extends Envelope {
  position: number;
  data: Record<string, unknown>;
}

/** No more of a contract than tells whether somebody took it. */
export type NamedContract = Pick<PlacedContract, 'position' | 'id' | 'type'>;

/** Why another service's contracts could not be read to their end. */
export class ContractsUnread extends HttpException {
  override readonly name = 'ContractsUnread';
  constructor(why: string, options: ErrorOptions = {}) {
    super(why, 503, options);
  }
}

/** After this position, or of the last so many. */
export type From = number | { last: number };

/**
 * Another service's contracts from somewhere on, as they arrive, in constant memory. They are not checked against their
 * schemas: the service that wrote them has done so. Throws `ContractsUnread` unless it came to the end.
 */
export const contractPages = (peer: Peer, from: From = 0, signal?: AbortSignal): AsyncGenerator<PlacedContract[]> =>
  pagesOf(peer, inQuery(from), signal);

/** The same of no more than their names. */
export const contractNames = (peer: Peer, from: From, signal?: AbortSignal): AsyncGenerator<NamedContract[]> =>
  pagesOf(peer, `${inQuery(from)}&only=names`, signal);

const inQuery = (from: From): string => (typeof from === 'number' ? `after=${from}` : `last=${from.last}`);

async function* pagesOf<One>({ url, signing }: Peer, query: string, signal?: AbortSignal): AsyncGenerator<One[]> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    const answer = await fetch(`${url}/internal/contracts?${query}`, { redirect: 'error', headers: await signing(), signal: signal ?? null });
    if (!answer.ok || !answer.body) throw new Error(`it answered ${answer.status}`);
    for await (const chunk of answer.body) {
      const text = rest + decoder.decode(chunk, { stream: true });
      const end = text.lastIndexOf('\n');
      rest = text.slice(end + 1);
      // One parse for many lines: each ends in a brace, and no text in them holds a line break.
      if (end >= 0) yield JSON.parse(`[${text.slice(0, end).replaceAll('\n', ',')}]`) as One[];
    }
  } catch (error) {
    throw new ContractsUnread(`The contracts of ${url} cannot be read just now (${reasonOf(error)}).`, { cause: error });
  }
  if (rest !== '') throw new ContractsUnread(`The contracts of ${url} end in the middle of a line.`);
}

const reasonOf = (error: unknown): string =>
  (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message;
