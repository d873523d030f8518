import { setTimeout as pause } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { HttpException } from '@nestjs/common';
import type pg from 'pg';
import { connectClient, contractsAfter, patientMs, type Queries, settledUpTo } from '#libs/journal';
import { StreamMessages } from '#libs/messaging';
import type { ServiceConfig } from './config.js';
import type { Database } from './database.js';
import type { Tell } from './telling.js';
import type { Publishing } from './tokens.js';

/** A contract that the broker should have and has not. */
export interface Lost {
  position: number;
  messageId: string;
}

export interface StreamContentsParts {
  /** A connection of its own under the role that verifies. */
  connect: () => Promise<pg.Client>;
  /** Throws while the broker is away. */
  messages: () => Promise<StreamMessages>;
  publishing: Publishing;
}

const brokerWithinMs = 2_000;
const page = 1_000;
/** Clocks differ, and what is about to leave the stream for its age may have left it. */
const marginMs = 3_600_000;

/** Which published contracts a service's stream holds, beside those that its journal tells. */
export class StreamContents {
  constructor(private readonly parts: StreamContentsParts) {}

  /**
   * The contracts within the stream's bounds that it does not have, in constant memory; returns how many it looked for.
   * What is settled now is in the outbox or was acknowledged by the broker, so a second reading of what came to the stream
   * meanwhile is enough to tell what is lost from what is on its way.
   */
  async *missing(): AsyncGenerator<Lost[], number> {
    const messages = await this.parts.messages();
    const client = await this.parts.connect();
    try {
      const queries = { query: async (sql: string, parameters?: unknown[]) => (await client.query(sql, parameters)).rows } as Queries;
      await client.query('create temp table carried (message_id text primary key); create temp table lost (message_id text primary key, position bigint)');
      const upTo = await settledUpTo(queries);
      const bounds = await messages.bounds();
      await this.collect(client, messages, [Math.max(1, bounds.firstSequence), bounds.lastSequence]);
      const oldest = bounds.firstSequence <= 1 || bounds.maxAgeMs === 0 ? '' : new Date(Date.now() - bounds.maxAgeMs + marginMs).toISOString();
      const looked = await this.compare(client, queries, { upTo, oldest });
      await this.collect(client, messages, [bounds.lastSequence + 1, (await messages.bounds()).lastSequence]);
      yield* lostPages(client);
      return looked;
    } finally {
      await client.end();
    }
  }

  private async collect(client: pg.Client, messages: StreamMessages, [from, to]: [number, number]): Promise<void> {
    for await (const ids of messages.ids(from, to)) {
      await client.query('insert into carried select unnest($1::text[]) on conflict do nothing', [ids]);
    }
  }

  private async compare(client: pg.Client, queries: Queries, { upTo, oldest }: { upTo: number; oldest: string }): Promise<number> {
    let looked = 0;
    let waiting: Lost[] = [];
    const flush = async (): Promise<void> => {
      await client.query(
        `insert into lost select message_id, position from unnest($1::text[], $2::bigint[]) as told (message_id, position)
         where not exists (select from carried where carried.message_id = told.message_id)
         and not exists (select from outbox where outbox.position = told.position)`,
        [waiting.map(({ messageId }) => messageId), waiting.map(({ position }) => position)],
      );
      waiting = [];
    };
    for await (const { position, envelope } of contractsAfter(queries, { ...this.parts.publishing, after: 0 })) {
      if (position > upTo) break;
      if (envelope.recordedat < oldest) continue;
      looked += 1;
      if (waiting.push({ position, messageId: envelope.id }) >= page) await flush();
    }
    await flush();
    return looked;
  }
}

async function* lostPages(client: pg.Client): AsyncGenerator<Lost[]> {
  await client.query('delete from lost using carried where carried.message_id = lost.message_id');
  for (let after = ''; ; ) {
    const { rows } = await client.query<Lost>(
      `select position, message_id as "messageId" from lost where message_id > $1 order by message_id limit ${page}`,
      [after],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.messageId;
  }
}

async function away(): Promise<never> {
  await pause(brokerWithinMs, undefined, { ref: false });
  throw new HttpException('The broker cannot be reached just now.', 503);
}

/** Puts what the stream has lost into the outbox again; the relay carries it as it carries everything. */
export async function queueLost(contents: StreamContents, database: Pick<Database, 'transaction'>, tell: Tell): Promise<{ looked: number; queued: number }> {
  const missing = contents.missing();
  for (let queued = 0; ; tell({ doing: 'queueing', queued })) {
    const step = await missing.next();
    if (step.done) return { looked: step.value, queued };
    const positions = step.value.map(({ position }) => position);
    await database.transaction('every', (tx) => tx.query('insert into outbox (position) select distinct unnest($1::bigint[]) on conflict do nothing', [positions]));
    queued += positions.length;
  }
}

/** The contents of a service's own stream. */
export function streamContentsOf(config: ServiceConfig, publishing: Publishing, connecting: Promise<NatsConnection>): StreamContents {
  return new StreamContents({
    publishing,
    connect: () => connectClient({ url: config.DATABASE_MAINTAIN_URL, name: `${publishing.service}-stream`, connectMs: patientMs }),
    messages: async () => new StreamMessages(await Promise.race([connecting, away()]), publishing.service),
  });
}
