import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { Pulse } from '#libs/journal';
import { needsNoDatabase } from './gate.js';
import { DatabaseAway } from './problem.js';

/** What the database answers. Throws `DatabaseAway` where it hangs. */
export function unlessAway<Found>(pulse: Pick<Pulse, 'whenAway'>, asking: Promise<Found>): Promise<Found> {
  const { promise: away, reject } = Promise.withResolvers<never>();
  const forget = pulse.whenAway(() => reject(new DatabaseAway()));
  return Promise.race([asking, away]).finally(forget);
}

/**
 * Nobody waits for a database that hangs: they are told to come again, with the same Idempotency-Key, since what they
 * asked for may still be done.
 */
@Injectable()
export class UnlessAway implements NestInterceptor {
  constructor(private readonly pulse: Pulse) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || needsNoDatabase(context.switchToHttp().getRequest<FastifyRequest>())) return next.handle();
    // It may have gone between the door and here, while it was found out who asks.
    if (!this.pulse.isThere) throw new DatabaseAway();
    return new Observable((asker) => {
      next.handle().subscribe(asker);
      asker.add(this.pulse.whenAway(() => asker.error(new DatabaseAway())));
    });
  }
}
