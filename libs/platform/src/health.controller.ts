import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ServiceConfig } from './config.js';
import { Health } from './health.js';
import { Lifecycle } from './lifecycle.js';
import { Internal, Open } from './needs.js';
import { Publishing, SERVICE_CONFIG } from './tokens.js';
import { Waiting } from './waiting.js';

const startedAt = new Date().toISOString();

/** For whoever watches over the process: alive, well, and what it is. */
@ApiExcludeController()
@Open()
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly lifecycle: Lifecycle,
    private readonly waiting: Waiting,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Optional() private readonly publishing?: Publishing,
  ) {}

  @Get('ping')
  ping(): string {
    return 'pong';
  }

  /** 503 while the database is away, since nothing can be taken; `degraded` while anything keeps what was taken from getting to others, or waits for a person. */
  @Get('health')
  async state(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const state = await this.health.state();
    if (state.status === 'down') void reply.status(503).header('retry-after', '2');
    return { name: this.config.SERVICE_NAME, home: this.config.CASEWARD_HOME_NAME, pid: process.pid, ...state };
  }

  /** What is still on its way: events that the broker does not have, and messages that were not taken; and what was set aside. */
  @Get('internal/unsettled')
  @Internal('service.settle')
  async unsettled(): Promise<object> {
    const streams = await this.lifecycle.pendingMessages(this.config.SERVICE_NAME);
    const [outbox, deadLetters, parked] = await Promise.all([
      this.publishing ? this.health.outbox() : { waiting: 0, told: 0, carried: 0 },
      this.health.count('dead_letter'),
      this.waiting.parked(),
    ]);
    const messages = streams.reduce((sum, { waiting }) => sum + waiting, 0) + parked.messages;
    return { outbox: outbox.waiting, messages, deadLetters, told: outbox.told, carried: outbox.carried, streams, parkedSeconds: parked.oldestSeconds };
  }

  @Get('info')
  info(): object {
    return { name: this.config.SERVICE_NAME, startedAt, node: process.version };
  }
}
