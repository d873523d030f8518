import { Temporal } from 'temporal-polyfill';
import { asVisitor, ServiceClient } from '#libs/pages';
import type { Config } from './config.js';

/** The token of the function that fills this site's templates. */
export const RENDER = Symbol('render');

/** Everything that this site asks, in the name of whoever is signed in. */
export class Services {
  readonly people: ServiceClient;
  readonly triage: ServiceClient;
  readonly section42: ServiceClient;
  readonly dols: ServiceClient;
  readonly metrics: ServiceClient;
  readonly directory: ServiceClient;

  constructor(config: Config, request: typeof fetch = fetch) {
    const client = (service: string, url: string): ServiceClient =>
      new ServiceClient({ service, url, signing: asVisitor, fetch: request, timeoutMs: 20_000 });
    this.people = client('people', config.PEOPLE_URL);
    this.triage = client('triage', config.TRIAGE_URL);
    this.section42 = client('section42', config.SECTION42_URL);
    this.dols = client('dols', config.DOLS_URL);
    this.metrics = client('metrics', config.METRICS_URL);
    this.directory = client('directory', config.DIRECTORY_URL);
  }
}

/** The token of the function that says what time it is, in milliseconds. */
export const NOW = Symbol('now');

/** What day it is in London, and which the board's report opens at. */
export abstract class Today {
  abstract boardDay(): string;

  day(): string {
    return Temporal.Now.plainDateISO('Europe/London').toString();
  }
}

/** The real day, unless a setting fixes the one that the board opens at. */
export class LondonToday extends Today {
  constructor(private readonly fixed?: string) {
    super();
  }

  override boardDay(): string {
    return this.fixed ?? this.day();
  }
}
