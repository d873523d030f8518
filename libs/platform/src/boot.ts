import { flushCompileCache } from 'node:module';
import { type DynamicModule, type INestApplication, Module, StandardSchemaValidationPipe, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Logger, LoggerModule } from 'nestjs-pino';
import { addresses } from './addresses.js';
import { guardAnswers } from './answer-headers.js';
import type { ServiceConfig } from './config.js';
import { tellSequences } from './etag.js';
import { keepGate } from './gate.js';
import { hearOut } from './hear-out.js';
import { takeFiles } from './take-files.js';
import { Lifecycle } from './lifecycle.js';
import { outliveOutput } from './log-outlet.js';
import { loggerOptions, logRequests, requestId } from './logging.js';
import { ProblemFilter } from './problem.js';
import { RightsGuard } from './rights.guard.js';
import { refuseUndeclared } from './routes.js';
import { invalid, refuseBrokenText } from './invalid.js';
import { UnlessAway } from './unless-away.js';

@Module({})
class RootModule {}

/** An application with everything around it that each service has; not listening yet. Throws where a route does not say for whom it is. */
export async function makeService(module: Type | DynamicModule, config: ServiceConfig): Promise<NestFastifyApplication> {
  const root: DynamicModule = {
    module: RootModule,
    imports: [LoggerModule.forRoot(loggerOptions(config)), module],
    providers: [
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_GUARD, useClass: RightsGuard },
      { provide: APP_PIPE, useValue: new StandardSchemaValidationPipe({ exceptionFactory: invalid }) },
      { provide: APP_INTERCEPTOR, useClass: UnlessAway },
    ],
  };
  const adapter = new FastifyAdapter({ ...addresses, genReqId: requestId, bodyLimit: 2 ** 20, forceCloseConnections: 'idle', return503OnClosing: false });
  // A file that is imported arrives as it is read: nothing collects it.
  for (const type of ['text/csv', 'application/x-ndjson']) {
    adapter.getInstance().addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  }
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bufferLogs: true, abortOnError: false });
  app.useLogger(app.get(Logger));
  refuseUndeclared(app);
  guardAnswers(app);
  await takeFiles(app);
  app.enableShutdownHooks();
  refuseBrokenText(app);
  tellSequences(app);
  hearOut(app);
  keepGate(app);
  await logRequests(app);
  describe(app, config.SERVICE_NAME);
  return app;
}

/** Whoever stops it kills it after ten seconds. What is not finished by now is safe to be left: it was never said to be done. */
const mostStoppingMs = 8_000;

/** Starts a service: its API at once, its messages as soon as the broker is there. Ends with the process that started it. */
export async function bootService(module: Type | DynamicModule, config: ServiceConfig): Promise<void> {
  outliveOutput();
  const app = await makeService(module, config);
  const address = { port: config.PORT, host: config.HOST, reusePort: config.REUSE_PORT };
  await app.listen(address);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => setTimeout(() => process.exit(1), mostStoppingMs).unref());
  process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
  await app.get(Lifecycle).takeMessages(app);
  // Where Node keeps what it compiles, the next start finds it; a process that a signal ends would keep nothing.
  flushCompileCache();
}

function describe(app: INestApplication, name: string): void {
  const options = new DocumentBuilder().setTitle(`Caseward ${name}`).setVersion('1').setOpenAPIVersion('3.1.0').build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, options), {
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
}
