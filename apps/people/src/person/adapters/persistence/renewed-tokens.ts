import { Logger } from '@nestjs/common';
import { alone, type Database, Rounds, type ServiceConfig } from '#libs/platform';
import type { SealedPersonFile } from './sealed-person-file.js';

export interface RenewedTokensParts {
  database: Pick<Database, 'transaction'>;
  file: Pick<SealedPersonFile, 'areAllFindable' | 'renewTokens'>;
  config: Pick<ServiceConfig, 'DATABASE_MAINTAIN_URL' | 'SERVICE_NAME'>;
}

const everyMs = 60_000;
const batch = 200;

/**
 * Makes what people are found by anew where an update changed it, which SQL cannot, since it has no keys: after each start, some
 * at a time, by one process of the service; and whenever a process that was not updated yet files somebody after that. Until
 * it is done nobody is identified (`identify-records.ts`).
 */
export class RenewedTokens extends Rounds {
  protected readonly logger = new Logger('people');

  constructor(private readonly parts: RenewedTokensParts) {
    super(everyMs, 'what people are found by could not be made anew');
  }

  override onApplicationBootstrap(): void {
    super.onApplicationBootstrap();
    void this.go();
  }

  protected async round(): Promise<void> {
    const { database, file, config } = this.parts;
    if (await database.transaction('every', (tx) => file.areAllFindable(tx))) return;
    const letGo = await alone(config, 'tokens');
    if (!letGo) return;
    try {
      let renewed = 0;
      for (let some = batch; some === batch && !this.isStopped; renewed += some) some = await database.transaction('every', (tx) => file.renewTokens(tx, batch), 3);
      this.logger.log({ kind: 'what people are found by was made anew', people: renewed });
    } finally {
      await letGo();
    }
  }
}
