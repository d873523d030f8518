import type { DataSource } from 'typeorm';
import { dataSource, patientMs } from '#libs/journal';
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

/** The pools of a service's `maintain` role. Not connected yet. */
export function maintainPools(config: Pick<ServiceConfig, 'DATABASE_MAINTAIN_URL' | 'SERVICE_NAME'>): MaintainPools {
  const pool = (use: string, size: number): DataSource =>
    dataSource({ url: config.DATABASE_MAINTAIN_URL, name: `${config.SERVICE_NAME}-${use}`, size, connectMs: patientMs });
  return { sealing: pool('seal', 1), telling: pool('telling', 2), maintain: pool('maintain', 4) };
}
