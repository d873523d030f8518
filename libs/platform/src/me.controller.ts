import { Controller, createParamDecorator, type ExecutionContext, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { SignedIn } from './needs.js';
import { signedInIn } from './rights.guard.js';
import type { Staff } from './staff.js';

const Me = createParamDecorator((_data: unknown, context: ExecutionContext): Staff => signedInIn(context.switchToHttp().getRequest<FastifyRequest>()));

/** Tells whoever asks who they are here; what a site shows them follows from it, and what they may do does not. */
@ApiTags('me')
@SignedIn()
@Controller('me')
export class MeController {
  @Get()
  @ApiOperation({ summary: 'Who you are here: your id, your roles, and the council you act for' })
  me(@Me() { id, roles, authority, sessionsEndedAt }: Staff): object {
    return { id, roles, authority, ...(sessionsEndedAt === undefined ? {} : { sessionsEndedAt: new Date(sessionsEndedAt).toISOString() }) };
  }
}
