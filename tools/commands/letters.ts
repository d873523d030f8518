import { randomUUID } from 'node:crypto';
import { ask } from './ask.ts';
import { CommandError } from './failure.ts';
import type { Operated } from './tokens.ts';

/** A message that waits for a person, and with whom. */
export interface Letter {
  service: string;
  id: string;
  stream: string;
  streamSequence: number;
  type: string;
  errorClass: string;
  attempts: number;
  setAsideAt: string;
}

export interface Opened extends Letter {
  foundIn: 'stream' | 'publisher' | null;
  contract: object | null;
}

export interface Sent {
  service: string;
  id: string;
  outcome: 'taken' | 'failed_again' | 'not_tried';
  errorClass?: string | null;
  attempts?: number;
  whatToDo: string;
}

interface Page {
  items: Omit<Letter, 'service'>[];
  total: number;
  pageSize: number;
}

/** Asks the services as one of their staff. */
export class Letters {
  readonly #running: Operated;
  readonly #staff: string;

  constructor(running: Operated, staff: string) {
    this.#running = running;
    this.#staff = staff;
  }

  /** Everything that waits anywhere, in the order in which it was told: what builds on another comes after it. */
  async list(): Promise<Letter[]> {
    const all = await Promise.all(Object.keys(this.#running.services).map((service) => this.#ofService(service)));
    return all.flat().toSorted((one, other) => one.stream.localeCompare(other.stream) || one.streamSequence - other.streamSequence);
  }

  /** The letters of one message, which may wait with several services. Throws where none do. */
  async named(id: string): Promise<Letter[]> {
    const found = await this.find(id);
    if (found.length > 0) return found;
    throw noneWaits(id);
  }

  async find(id: string): Promise<Letter[]> {
    return (await this.list()).filter((letter) => letter.id === id);
  }

  /** Sends one again that nobody lists: a message about a restricted record is there for those alone to whom that is open, and can be sent again by its id all the same. Throws where none waits. */
  async sendUnlisted(id: string, reason: string): Promise<Sent[]> {
    const answers = await Promise.all(Object.keys(this.#running.services).map((service) => this.sendAgain({ service, id }, reason)));
    const sent = answers.filter(({ outcome }) => outcome !== 'not_tried');
    if (sent.length > 0) return sent;
    throw noneWaits(id);
  }

  open({ service, id }: Letter): Promise<Opened> {
    return this.#ask<Omit<Opened, 'service'>>(service, `/${encodeURIComponent(id)}`).then((opened) => ({ service, ...opened }));
  }

  /** Sends one again; what keeps it from being tried is told, and keeps nobody from sending the next. */
  async sendAgain({ service, id }: Pick<Letter, 'service' | 'id'>, reason: string): Promise<Sent> {
    try {
      const sent = await this.#ask<Omit<Sent, 'service'>>(service, `/${encodeURIComponent(id)}/resend`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ reason }),
      });
      return { service, ...sent };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { service, id, outcome: 'not_tried', whatToDo: error.message };
    }
  }

  async #ofService(service: string): Promise<Letter[]> {
    const letters: Letter[] = [];
    for (let page = 1; ; page += 1) {
      const { items, total, pageSize } = await this.#ask<Page>(service, `?page=${page}`);
      letters.push(...items.map((item) => ({ service, ...item })));
      if (page * pageSize >= total || items.length === 0) return letters;
    }
  }

  async #ask<T>(service: string, path: string, init: RequestInit = {}): Promise<T> {
    const headers = { ...init.headers, ...(await this.#running.headersOf(this.#staff)) };
    return ask<T>(`${this.#running.services[service]!.url}/dead-letters${path}`, { ...init, headers });
  }
}

const noneWaits = (id: string): CommandError => new CommandError(`No message ${id} waits with any service. npm run dead-letters lists those that do.`);

/** A letter in a line, for people. */
export const lineOf = ({ service, id, type, errorClass, attempts, setAsideAt }: Letter): string =>
  `${service.padEnd(9)}  ${id}  ${type}  ${errorClass}, ${attempts} tries, since ${setAsideAt.slice(0, 19)}Z`;
