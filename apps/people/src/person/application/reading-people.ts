import { Injectable } from '@nestjs/common';
import type { Standing } from '#libs/journal';
import { admitted, type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';
import { reasons as reasonWords, suggestedAs } from '../domain/matching.js';
import type { Person } from '../domain/state.js';
import { ChangePerson, heldBy } from './change-person.js';
import type { HeldIdentity } from './held-identity.js';
import { Acquaintance, ClaimFile, PersonFile } from './person-file.js';
import { Persons } from './persons.js';
import { shown } from './shown.js';

export interface Named {
  id: string;
  /** Who stands for them today. */
  personId: string;
  givenName: string | null;
  familyName: string | null;
}

/** Reading who people are, which is itself recorded in the transaction whose answer shows them. */
@Injectable()
export class ReadingPeople {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly people: PersonFile,
    private readonly claims: ClaimFile,
    private readonly acquaintance: Acquaintance,
    private readonly changes: ChangePerson,
    private readonly clock: Clock,
  ) {}

  /** The names for a page, in one recorded reading; people whom the asker's authority does not know are left out. */
  names(asking: Asking, ids: string[], why: string): Promise<Named[]> {
    const { staff } = asking;
    return this.database.transaction(sightOf(asking), async (tx) => {
      const known = staff.authority === null ? new Set<string>() : await this.acquaintance.known(tx, ids, staff.authority);
      const seen = admitted(asking, ids.map((id) => heldBy(staff.authority, known, id))).map(({ id }) => id);
      if (seen.length === 0) return [];
      const standIns = await this.acquaintance.standIns(tx, seen);
      const personIdOf = (id: string): string => standIns.get(id)?.personId ?? id;
      const read = [...new Set(seen.map(personIdOf))];
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [...new Set([...seen, ...read])], what: 'names', why });
      const held = await this.people.read(tx, read);
      return seen.flatMap((id) => {
        const identity = held.get(personIdOf(id));
        return identity ? [{ id, personId: personIdOf(id), givenName: identity.givenName, familyName: identity.familyName }] : [];
      });
    });
  }

  one<View>(
    asking: Asking,
    personId: string,
    view: (standing: Standing<Person>, identity: HeldIdentity | undefined) => View,
  ): Promise<View> {
    const { staff, why } = asking;
    return this.database.transaction(sightOf(asking), async (tx) => {
      await this.changes.mustKnow(tx, asking, personId);
      const standing = await shown(tx, this.acquaintance, await this.persons.get(tx, personId, null));
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [personId], what: 'identity', why });
      return view(standing, (await this.people.read(tx, [personId])).get(personId));
    });
  }

  /** Who else this person may be, with the reasons in words; no names. */
  matches(asking: Asking, personId: string): Promise<object> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      await this.changes.mustKnow(tx, asking, personId);
      const found = await this.claims.suggestionsFor(tx, personId, asking.staff.authority!);
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [personId, ...found.map(({ otherPersonId }) => otherPersonId)], what: 'likenesses', why: asking.why });
      return {
        id: personId,
        matches: found.map(({ otherPersonId, score, reasons }) => ({
          personId: otherPersonId,
          score,
          match: suggestedAs(score),
          reasons: reasons.map((code) => ({ code, words: reasonWords[code].words, weight: reasonWords[code].weight })),
        })),
      };
    });
  }
}
