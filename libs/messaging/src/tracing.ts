import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

interface Traced {
  id: string;
  type: string;
  traceparent: string | null;
}

/** A span for every message of a batch that came with a trace, each within its own trace. */
export function spansOf(messages: Traced[]): { end(error?: unknown): void } {
  const tracer = trace.getTracer('messaging');
  const spans: Span[] = messages
    .filter((message) => message.traceparent)
    .map(({ traceparent, type, id }) =>
      tracer.startSpan(
        `take ${type}`,
        { kind: SpanKind.CONSUMER, attributes: { 'messaging.system': 'nats', 'messaging.message.id': id } },
        propagation.extract(context.active(), { traceparent }),
      ),
    );
  return {
    end(error) {
      for (const span of spans) {
        if (error) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      }
    },
  };
}
