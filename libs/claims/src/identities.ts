import { Injectable } from '@nestjs/common';
import { Narrative, type Tx } from '#libs/journal';

/** What a record said about its person: kept, encrypted, only until `people` has it. */
@Injectable()
export class Identities {
  constructor(private readonly narrative: Narrative) {}

  keep(tx: Tx, recordId: string, person: object): Promise<void> {
    return this.narrative.keep(tx, [{ recordId, textId: identityOf(recordId), words: JSON.stringify(person) }]);
  }

  /** What was said, or undefined once it was let go. */
  async find(tx: Tx, recordId: string): Promise<object | undefined> {
    const words = (await this.narrative.read(tx, [identityOf(recordId)])).get(identityOf(recordId));
    return words === undefined ? undefined : (JSON.parse(words) as object);
  }

  letGo(tx: Tx, recordIds: string[]): Promise<void> {
    return this.narrative.forget(tx, recordIds.map(identityOf));
  }
}

/** One text a record, so that its id follows from the record's. */
const identityOf = (recordId: string): string => recordId;
