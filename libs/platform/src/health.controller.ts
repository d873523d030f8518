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

  /** 503 while the database is away, since nothing can be taken; `degraded` while the broker is, since all is still taken. */
  @Get('health')
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const database = await this.isDatabaseUp();
    if (!database) void reply.status(503).header('retry-after', '2');
    const broker = this.lifecycle.isBrokerConnected;
    return {
      status: database ? (broker ? 'ok' : 'degraded') : 'down',
      checks: { database: database ? 'up' : 'down', broker: broker ? 'up' : 'down' },
    };
  }

  /** What is still on its way: events that the broker does not have, and messages that were not taken. */
  @Get('internal/unsettled')
  async unsettled(): Promise<{ outbox: number; messages: number }> {
    const messages = await this.lifecycle.pendingMessages(this.config.SERVICE_NAME);
    if (!this.publishing) return { outbox: 0, messages };
    const [row] = await this.database.query<{ waiting: number }[]>(`select count(*) as waiting from outbox`);
    return { outbox: row!.waiting, messages };
  }

  @Get('info')
  info(): object {
    return { name: this.config.SERVICE_NAME, startedAt, node: process.version };
  }

  private async isDatabaseUp(): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1_500).unref());
    return Promise.race([this.database.query('select 1').then(() => true, () => false), late]);
  }
}
