import { context, propagation } from '@opentelemetry/api';

/** The W3C trace context of what is running now, or else what the caller sent; null where nobody traces. */
export function currentTraceparent(sent?: string): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? (sent && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(sent) ? sent : null);
}
