import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardAnew, messageShares, reasonShares, shares } from '#libs/journal';

const ofAuthority = shares.authority();
const tables = {
  ...messageShares,
  ...reasonShares,
  concern_fact: ofAuthority,
  enquiry_fact: ofAuthority,
  dols_fact: ofAuthority,
  telling_fact: ofAuthority,
  tally: ofAuthority,
  repeat_concern: ofAuthority,
  person_fact: shares.toldOnce,
  alias_fact: shares.toldOnce,
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
