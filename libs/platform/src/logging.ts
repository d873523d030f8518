import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Params } from 'nestjs-pino';
import type { ProcessConfig } from './config.js';
import { LogOutlet } from './log-outlet.js';

/** Never logged, wherever they turn up: a second lock, since no log line is given them in the first place. */
const secrets = ['name', 'givenName', 'familyName', 'dateOfBirth', 'nhsNumber', 'address', 'postcode', 'worry', 'words', 'reason', 'cells', 'password', 'authorization'];

/** JSON lines with the service's name; requests are logged by `logRequests`. */
export function loggerOptions(config: Pick<ProcessConfig, 'LOG_LEVEL' | 'SERVICE_NAME'>): Params {
  return {
    pinoHttp: {
      stream: new LogOutlet(),
      level: config.LOG_LEVEL,
      base: { service: config.SERVICE_NAME },
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
      autoLogging: false,
      quietReqLogger: true,
    },
  };
}

/** A line for each request: method, route, status and duration; nothing of what was sent, not even the path's ids. */
export function logRequests(app: NestFastifyApplication): void {
  const logger = new Logger('http');
  app.getHttpAdapter().getInstance().addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route !== '/ping' && route !== '/health') {
      logger.log({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
    }
    done();
  });
}
