import { Injectable } from '@nestjs/common';
import { Narrative, type Tx, type Words } from '#libs/journal';

/** What a record said about its person: kept, encrypted, only until `people` has it. */
@Injectable()
export class Identities {
  constructor(private readonly narrative: Narrative) {}

  /** Kept with the command that it came with. */
  keep(words: Words, recordId: string, person: object): void {
    words.keepAs(identityOf(recordId), JSON.stringify(person));
  }

  /** What was said about the people of these records, by record; what was let go is absent. */
  async find(tx: Tx, recordIds: string[]): Promise<Map<string, object>> {
    const texts = await this.narrative.read(tx, recordIds.map(identityOf));
    return new Map(
      recordIds.flatMap((recordId) => {
        const words = texts.get(identityOf(recordId));
        return words === undefined ? [] : [[recordId, JSON.parse(words) as object] as const];
      }),
    );
  }

  letGo(tx: Tx, recordIds: string[]): Promise<void> {
    return this.narrative.forget(tx, recordIds.map(identityOf));
  }
}

/** One text a record, so that its id follows from the record's. */
const identityOf = (recordId: string): string => recordId;
