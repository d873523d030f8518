import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { Reference, StrategyOptions } from './ports.js';

/** A message's content, and where it was found; undefined where nobody has it any more. */
export interface Found {
  content: unknown;
  foundIn: 'stream' | 'publisher';
}

/** A publisher that could not be asked just now. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const timeoutMs = 2_000;

/**
 * Finds again what was delivered once: in the stream while that has it, or else with its publisher, whose journal keeps
 * everything. A stream that was made anew counts from 1 again, so the id is what decides.
 */
export class Archive {
  private readonly manage: () => Promise<JetStreamManager>;
  private manager: Promise<JetStreamManager> | undefined;

  constructor(private readonly options: Pick<StrategyOptions, 'connection' | 'publishers' | 'signing'>) {
    this.manage = () => (this.manager ??= jetstreamManager(options.connection, { checkAPI: false, timeout: timeoutMs }));
  }

  /** Throws `Unreachable` where the stream does not have it and the publisher does not answer. */
  async find(reference: Reference): Promise<Found | undefined> {
    const content = await this.inStream(reference).catch(() => undefined);
    if (content !== undefined) return { content, foundIn: 'stream' };
    const told = await this.withPublisher(reference);
    return told === undefined ? undefined : { content: told, foundIn: 'publisher' };
  }

  /** The id and subject of what lies there, and what it says; undefined where nothing does. */
  async lookAt(stream: string, streamSequence: number): Promise<{ messageId: string; type: string; content: unknown } | undefined> {
    const message = await (await this.manage()).streams.getMessage(stream, { seq: streamSequence });
    return message ? { messageId: message.header.get('Nats-Msg-Id') || `${stream}/${streamSequence}`, type: message.subject, content: readable(message.string()) } : undefined;
  }

  private async inStream({ messageId, stream, streamSequence }: Reference): Promise<unknown> {
    if (this.options.connection.isClosed()) return undefined;
    const message = await (await this.manage()).streams.getMessage(stream, { seq: streamSequence });
    if (!message) return undefined;
    const content = readable(message.string());
    const ids = [message.header.get('Nats-Msg-Id'), `${stream}/${streamSequence}`, (content as { id?: unknown } | null)?.id];
    return ids.includes(messageId) ? content : undefined;
  }

  private async withPublisher({ messageId, stream }: Reference): Promise<unknown> {
    const url = this.options.publishers[stream];
    if (url === undefined || !/^[0-9a-f-]{36}:v\d+$/.test(messageId)) return undefined;
    try {
      const answer = await this.ask(`${url}/internal/contracts/${messageId}`);
      if (answer.status === 404) return undefined;
      if (answer.ok) return await answer.json();
      throw new Error(`it answered ${answer.status}`);
    } catch (error) {
      throw new Unreachable(`${stream} cannot be asked for what it told`, { cause: error });
    }
  }

  private async ask(url: string): Promise<Response> {
    return fetch(url, { redirect: 'error', headers: (await this.options.signing?.()) ?? {}, signal: AbortSignal.timeout(timeoutMs) });
  }
}

/** What is no JSON is found all the same, and refused by whoever reads it. */
export function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
