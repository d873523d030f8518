import { type Logger, pino } from 'pino';
// By its file: the lib as a whole brings databases and brokers, which a site has nothing to do with.
import { LogOutlet } from '../../platform/src/log-outlet.js';

/** The log of a site: lines of JSON under its name, with ids and codes alone. */
export const siteLog = ({ cookiePrefix, logLevel }: { cookiePrefix: string; logLevel: string }): Logger => pino({ name: cookiePrefix, level: logLevel }, new LogOutlet());
