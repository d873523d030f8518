import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { millis, type NatsConnection } from '@nats-io/transport-node';

const page = 1_000;
const atOnce = 64;

export interface StreamBounds {
  firstSequence: number;
  lastSequence: number;
  /** How long a message is kept; 0: for ever. */
  maxAgeMs: number;
}

/**
 * Which messages lie in a service's own stream. Each is asked for by its sequence: a service may do that with its own
 * stream, while the right to make a consumer there would let it change the durables of those who read it.
 */
export class StreamMessages {
  constructor(
    private readonly connection: NatsConnection,
    private readonly stream: string,
  ) {}

  async bounds(): Promise<StreamBounds> {
    const { config, state } = await (await this.manager()).streams.info(this.stream);
    return { firstSequence: state.first_seq, lastSequence: state.last_seq, maxAgeMs: millis(config.max_age) };
  }

  /** The ids of the messages from one sequence to another, both included, in pages and in no order within one. */
  async *ids(from: number, to: number): AsyncGenerator<string[]> {
    const manager = await this.manager();
    for (let first = from; first <= to; first += page) {
      const found: string[] = [];
      let next = first;
      const last = Math.min(to, first + page - 1);
      const lane = async (): Promise<void> => {
        while (next <= last) {
          const message = await manager.streams.getMessage(this.stream, { seq: next++ });
          const id = message?.header.get('Nats-Msg-Id');
          if (id) found.push(id);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      yield found;
    }
  }

  private manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.connection, { checkAPI: false, timeout: 5_000 });
  }
}
