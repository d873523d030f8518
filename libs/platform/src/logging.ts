import type { Params } from 'nestjs-pino';
import type { ProcessConfig } from './config.js';

/** Never logged, wherever they turn up: a second lock, since no log line is given them in the first place. */
const secrets = ['name', 'givenName', 'familyName', 'dateOfBirth', 'nhsNumber', 'address', 'postcode', 'worry', 'words', 'reason', 'cells', 'password', 'authorization'];

/** One JSON line for each request: method, path without its query, status and duration; nothing of what was sent. */
export function loggerOptions(config: Pick<ProcessConfig, 'LOG_LEVEL' | 'SERVICE_NAME'>): Params {
  return {
    pinoHttp: {
      level: config.LOG_LEVEL,
      base: { service: config.SERVICE_NAME },
      redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
      serializers: {
        req: (request: { method: string; url: string }) => ({ method: request.method, path: request.url.split('?')[0] }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        err: (error: { type?: string; code?: string }) => ({ type: error.type, code: error.code }),
      },
      autoLogging: { ignore: (request) => /^\/(ping|health)$/.test(request.url ?? '') },
    },
  };
}
