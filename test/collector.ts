import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Span {
  service: string;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  traceId: string;
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

interface Sent {
  resourceMetrics?: { scopeMetrics: { metrics: { name: string; unit?: string }[] }[] }[];
  resourceSpans?: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { name: string; kind: number; traceId: string }[] }[];
  }[];
}

/** Takes what OpenTelemetry sends as OTLP in JSON, and keeps it all; it is read when somebody asks what was told. */
export class Collector {
  /** Everything as it came, whatever it is about. */
  readonly raw: string[] = [];
  readonly #spans: Span[] = [];
  readonly #metrics = new Map<string, { name: string; unit?: string }>();
  #read = 0;
  readonly #server: Server = createServer(async (request, response) => {
    this.raw.push(await text(request));
    response.setHeader('content-type', 'application/json').end('{}');
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get spans(): readonly Span[] {
    this.#catchUp();
    return this.#spans;
  }

  /** The metrics that were told, each once. */
  get metrics(): ReadonlyMap<string, { name: string; unit?: string }> {
    this.#catchUp();
    return this.#metrics;
  }

  #catchUp(): void {
    for (; this.#read < this.raw.length; this.#read += 1) this.#take(this.raw[this.#read]!);
  }

  #take(body: string): void {
    const { resourceMetrics = [], resourceSpans = [] } = JSON.parse(body) as Sent;
    for (const metric of resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics).flatMap(({ metrics }) => metrics)) this.#metrics.set(metric.name, metric);
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const { name, kind, traceId } of scopeSpans.flatMap(({ spans }) => spans)) this.#spans.push({ service, name, kind: kinds[kind] ?? 'internal', traceId });
    }
  }
}
