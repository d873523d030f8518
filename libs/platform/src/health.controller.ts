import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ServiceConfig } from './config.js';
import { Database } from './database.js';
import { Lifecycle } from './lifecycle.js';
import { Publishing, SERVICE_CONFIG } from './tokens.js';

const startedAt = new Date().toISOString();

/** For whoever watches over the process: alive, well, and what it is. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly lifecycle: Lifecycle,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Optional() private readonly publishing?: Publishing,
  ) {}

  @Get('ping')
  ping(): string {
    return 'pong';
  }

  /** 503 while the database is away, since nothing can be taken; `degraded` while the broker is, or while messages that were set aside wait for a person. */
  @Get('health')
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const deadLetters = await this.deadLettersSoon();
    const database = deadLetters !== undefined;
    if (!database) void reply.status(503).header('retry-after', '2');
    const broker = this.lifecycle.isBrokerConnected;
    return {
      name: this.config.SERVICE_NAME,
      home: this.config.CASEWARD_HOME_NAME,
      status: database ? (broker && deadLetters === 0 ? 'ok' : 'degraded') : 'down',
      checks: { database: database ? 'up' : 'down', broker: broker ? 'up' : 'down' },
      ...(database ? { deadLetters } : {}),
    };
  }

  /** What is still on its way: events that the broker does not have, and messages that were not taken; and what was set aside. */
  @Get('internal/unsettled')
  async unsettled(): Promise<{ outbox: number; messages: number; deadLetters: number }> {
    const messages = await this.lifecycle.pendingMessages(this.config.SERVICE_NAME);
    const [outbox, deadLetters] = await Promise.all([this.publishing ? this.count('outbox') : 0, this.count('dead_letter')]);
    return { outbox, messages, deadLetters };
  }

  @Get('info')
  info(): object {
    return { name: this.config.SERVICE_NAME, startedAt, node: process.version };
  }

  private async count(table: 'outbox' | 'dead_letter'): Promise<number> {
    const [row] = await this.database.query<{ rows: number }[]>(`select count(*) as rows from ${table}`);
    return row!.rows;
  }

  /** Undefined while the database does not answer. */
  private async deadLettersSoon(): Promise<number | undefined> {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 1_500).unref());
    return Promise.race([this.count('dead_letter').catch(() => undefined), late]);
  }
}
