import type { MigrationInterface, QueryRunner } from 'typeorm';
import { importShares } from '#libs/extract';
import { guardAnew, journalShares, keyShares, messageShares, reasonShares, shares } from '#libs/journal';

const tables = {
  ...journalShares,
  ...messageShares,
  ...keyShares,
  ...reasonShares,
  ...importShares,
  journal: shares.stories,
  organisation_named: shares.authority(),
  dols_request: shares.authority(),
  restriction: shares.told,
};

/** What a transaction sees stays what it was; what is mostly so is asked first, and what is seldom asked costs nothing where it is not. */
export class AskWhatIsMostlySo1795501300000 implements MigrationInterface {
  name = 'AskWhatIsMostlySo1795501300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(guardAnew(tables));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
