import type { DataSource } from 'typeorm';
import type { DomainEvent, Published } from '#libs/journal';

export const SERVICE_CONFIG = Symbol('service configuration');

/** The database under the role that rebuilds and verifies: it reads every authority's rows. */
export abstract class MaintainSource {
  abstract query: DataSource['query'];
  abstract createQueryRunner: DataSource['createQueryRunner'];
  abstract transaction: DataSource['transaction'];
}

/** The same role on connections of their own, for what others read of the journal. */
export abstract class TellingSource {
  abstract query: DataSource['query'];
}

/** How a service's events are told to others. */
export abstract class Publishing {
  abstract service: string;
  abstract publish: (event: DomainEvent) => Published[];
}
