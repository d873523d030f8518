import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../../tools/start/services.ts';
import type { Random } from '../../oracle/random.ts';
import type { FaultSystem } from '../plant/system.ts';
import type { Ledger } from './ledger.ts';

const patienceMs = 120_000;
const tryMs = 15_000;

export interface Reply {
  status: number;
  body: any;
}

/** A record as somebody sees it. */
export interface Place {
  service: ServiceName;
  path: string;
}

/** A service refused what the rules allow, or gave no answer in all the time that a client would go on asking. */
export class Wronged extends Error {
  override readonly name = 'Wronged';
}

/** The rules refuse an act before the one that it follows: the clock was moved back in between, so the case has to wait. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** A member of staff whose program does as a client should: one key for one command, the same again until it is answered. */
export class Member {
  readonly #system: FaultSystem;
  readonly #ledger: Ledger;
  readonly #random: Random;
  readonly #thoughtMs: number;

  constructor(system: FaultSystem, ledger: Ledger, { random, thoughtMs }: { random: Random; thoughtMs: number }) {
    this.#system = system;
    this.#ledger = ledger;
    this.#random = random;
    this.#thoughtMs = thoughtMs;
  }

  /** Makes a record; returns where it is. */
  async create(actor: string, place: Place, body: object): Promise<Place & { id: string }> {
    const reply = await this.#send('POST', { ...place, actor, body, key: randomUUID() });
    if (reply.status !== 201) throw new Wronged(`${place.service}${place.path}: ${reply.status} ${reply.body?.code ?? ''}`);
    this.#ledger.take({ service: place.service, recordId: reply.body.id, what: 'create', from: 0, to: reply.body.sequence });
    return { ...place, path: `${place.path}/${reply.body.id}`, id: reply.body.id };
  }

  /** One act on the version as it is; looked at again when somebody else was faster. */
  async act(actor: string, place: Place, what: string, body: object): Promise<void> {
    for (;;) {
      const { body: seen } = await this.look(actor, place);
      const reply = await this.#send('POST', { ...place, path: `${place.path}/${what}`, actor, body, seen: seen.sequence, key: randomUUID() });
      if (reply.status === 412) continue;
      if (reply.status === 409 && this.#system.wasClockMoved && /before|future/.test(reply.body.code)) throw new OutOfTime();
      if (reply.status !== 200) throw new Wronged(`${place.service} ${what}: ${reply.status} ${reply.body?.code ?? ''}`);
      this.#ledger.take({ service: place.service, recordId: seen.id, what, from: seen.sequence, to: reply.body.sequence });
      return;
    }
  }

  async look(actor: string, place: Place): Promise<Reply> {
    const reply = await this.#send('GET', { ...place, actor });
    if (reply.status !== 200) throw new Wronged(`${place.service}: ${reply.status} on looking`);
    return reply;
  }

  /** Looks until it has come to something that another service brings about. */
  async await(actor: string, place: Place, isSo: (body: any) => boolean): Promise<any> {
    for (const end = performance.now() + patienceMs; performance.now() < end; await pause(200 + this.#random.below(200))) {
      const { body } = await this.look(actor, place);
      if (isSo(body)) return body;
    }
    throw new Wronged(`${place.service}${place.path.slice(0, 12)}: what another service should have brought about did not come`);
  }

  async #send(method: string, { service, path, actor, body, seen, key }: Place & { actor: string; body?: object; seen?: number; key?: string }): Promise<Reply> {
    const headers = {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    };
    if (this.#thoughtMs > 0) await pause(this.#random.below(this.#thoughtMs));
    let last = '';
    for (const end = performance.now() + patienceMs; performance.now() < end; await pause(100 + this.#random.below(150))) {
      try {
        const reply = await fetch(`${this.#system.url(service)}${path}`, { method, headers: { ...headers, ...(await this.#system.headersOf(actor)) }, signal: AbortSignal.timeout(tryMs), ...(body ? { body: JSON.stringify(body) } : {}) });
        const text = await reply.text();
        if (reply.status < 500) return { status: reply.status, body: JSON.parse(text) };
        if (reply.status === 503) this.#ledger.refused(service);
        last = String(reply.status);
      } catch (error) {
        last = ((error as Error).cause as { code?: string } | undefined)?.code ?? (error as Error).name;
      }
      this.#ledger.retries += 1;
    }
    throw new Wronged(`${service}: no answer in ${patienceMs / 1000} s; the last was ${last}`);
  }
}
