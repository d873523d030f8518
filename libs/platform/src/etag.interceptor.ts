import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';

/** An answer about a record carries its sequence as the ETag. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    return next.handle().pipe(
      tap((body: unknown) => {
        const sequence = (body as { sequence?: unknown } | null | undefined)?.sequence;
        if (typeof sequence === 'number') {
          void context.switchToHttp().getResponse<FastifyReply>().header('etag', `"${sequence}"`);
        }
      }),
    );
  }
}
