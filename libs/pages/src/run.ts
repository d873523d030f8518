import { flushCompileCache } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { outliveOutput } from '../../platform/src/log-outlet.js';

/** Listens until told to stop, or until the process that started this one is gone. */
export async function run(app: NestFastifyApplication, { host, port }: { host: string; port: number }): Promise<void> {
  outliveOutput();
  app.enableShutdownHooks();
  process.once('disconnect', () => void app.close().finally(() => process.exit(0)));
  await app.listen({ host, port });
  // Where Node keeps what it compiles, the next start finds it; a process that a signal ends would keep nothing.
  flushCompileCache();
}
