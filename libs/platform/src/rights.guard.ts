import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { decide } from '#libs/access';
import { type Declared, DECLARED } from './needs.js';
import { type Acting, inWords, Refused } from './refused.js';
import { staffNamed } from './staff.js';

const acting = new WeakMap<FastifyRequest, Acting>();

/** Who acts in a request that came past the guard, and what they do. */
export function actingIn(request: FastifyRequest): Acting {
  const found = acting.get(request);
  if (!found) throw new Error('a route that asks who acts has to say with @Needs what they do');
  return found;
}

/** Stands before every route: whoever has no role for what is asked goes no further. What a role reaches is asked where the record is read. */
@Injectable()
export class RightsGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const declared = this.reflector.getAllAndOverride<Declared | undefined>(DECLARED, [context.getHandler(), context.getClass()]);
    if (!declared) throw new Error('a route that does not say for whom it is is for nobody');
    if (declared.for !== 'staff') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers['caseward-actor'];
    const now = { staff: staffNamed(Array.isArray(header) ? header[0] : header), action: declared.action };
    const verdict = decide({ who: now.staff, action: now.action });
    if (!verdict.allowed) {
      const refusal = { ...now, rule: verdict.rule };
      throw new Refused(refusal, 403, inWords(refusal));
    }
    acting.set(request, now);
    return true;
  }
}
