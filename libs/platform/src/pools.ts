import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { connectClient, dataSource, patientMs } from '#libs/journal';
import type { ServiceConfig } from './config.js';

/** The connections of the role that seals, verifies and rebuilds; none is open for long that is not used. */
export interface MaintainPools {
  /** Sealing waits for nobody. */
  sealing: DataSource;
  /** What others read of the journal: a page at a time, so that many can. */
  telling: DataSource;
  /** Verifying and rebuilding, one of each at a time: either holds a connection for as long as it takes, and uses a second. */
  maintain: DataSource;
}

type Config = Pick<ServiceConfig, 'DATABASE_MAINTAIN_URL' | 'SERVICE_NAME'>;

/** A connection of its own under the role that verifies and rebuilds. */
export const connectMaintain = ({ DATABASE_MAINTAIN_URL: url, SERVICE_NAME: service }: Config, use: string): Promise<pg.Client> =>
  connectClient({ url, name: `${service}-${use}`, connectMs: patientMs });

/** The pools of a service's `maintain` role. Not connected yet. */
export function maintainPools(config: Config): MaintainPools {
  const pool = (use: string, size: number): DataSource =>
    dataSource({ url: config.DATABASE_MAINTAIN_URL, name: `${config.SERVICE_NAME}-${use}`, size, connectMs: patientMs });
  return { sealing: pool('seal', 1), telling: pool('telling', 2), maintain: pool('maintain', 4) };
}
