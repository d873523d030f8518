/**
 * Preloaded with `--import`, before anything else: OpenTelemetry, where the environment names a collector
 * (`OTEL_EXPORTER_OTLP_ENDPOINT` and its sisters, read by the SDK itself). Without one nothing is loaded or measured.
 */
if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) {
  const [{ NodeSDK }, { HttpInstrumentation }, { PgInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-pg'),
  ]);
  const sdk = new NodeSDK({
    serviceName: process.env['SERVICE_NAME'] ?? 'caseward',
    instrumentations: [new HttpInstrumentation(), new PgInstrumentation({ requireParentSpan: true })],
  });
  sdk.start();
  process.once('beforeExit', () => void sdk.shutdown());
}
