import { Injectable } from '@nestjs/common';
import { Narrative, type Standing, type Tx } from '#libs/journal';
import { admitted, type Asking, Clock, Database, type List, recordReading, sightOf } from '#libs/platform';
import { reasons as reasonWords, suggestedAs } from '../domain/matching.js';
import { atOwnPostcode } from '../domain/search.js';
import type { Person } from '../domain/state.js';
import { ChangePerson, heldBy } from './change-person.js';
import type { HeldIdentity } from './held-identity.js';
import { Acquaintance, ClaimFile, type Correction, type Finding, type Naming, PersonFile, type Suggestion } from './person-file.js';
import { Persons } from './persons.js';
import { shown } from './shown.js';

export interface Named {
  id: string;
  /** Who stands for them today. */
  personId: string;
  givenName: string | null;
  familyName: string | null;
}

/** A person as they are told to whoever may read who they are. */
export interface Known {
  standing: Standing<Person>;
  identity: HeldIdentity | undefined;
  /** Who of the asker's authority put right last who they are. */
  corrected: Correction | null;
  /** What was found of them and others, the latest last. */
  found: Finding[];
}

/** Somebody as they are compared: who they are, and which records name them. */
export interface Side {
  personId: string;
  identity: HeldIdentity | null;
  records: Naming[];
}

export interface SideBySide {
  standing: Standing<Person>;
  person: Side;
  others: (Side & { likeness: ReturnType<typeof likenessOf> | null; found: (Omit<Finding, 'otherPersonId' | 'reason'> & { reason: string | null })[] })[];
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
    private readonly narrative: Narrative,
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
      const others = [...new Set(seen.flatMap((id) => standIns.get(id)?.personId ?? []).filter((other, at) => other !== seen[at]))];
      const hidden = others.length === 0 ? new Set<string>() : await this.claims.hiddenOnly(tx, others, staff.authority!);
      // Of whom only restricted records tell: who was joined into them is called as they are themselves.
      const personIdOf = (id: string): string => {
        const standIn = standIns.get(id)?.personId ?? id;
        return hidden.has(standIn) ? id : standIn;
      };
      const read = [...new Set(seen.map(personIdOf))];
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [...new Set([...seen, ...read])], what: 'names' satisfies List, why });
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
    view: (known: Known) => View,
  ): Promise<View> {
    const { staff, why } = asking;
    return this.database.transaction(sightOf(asking), async (tx) => {
      await this.changes.mustKnow(tx, asking, personId);
      const standing = await shown(tx, this.acquaintance, await this.persons.get(tx, personId, null));
      const isHidden = (await this.claims.hiddenOnly(tx, [personId], staff.authority!)).has(personId);
      const identity = isHidden ? undefined : (await this.people.read(tx, [personId])).get(personId);
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [personId], what: `identity${atOwnPostcode(staff.postcode, identity?.postcode)}`, why });
      const corrected = identity ? await this.claims.corrected(tx, personId, staff.authority!) : null;
      return view({ standing, identity, corrected, found: await this.claims.found(tx, personId, staff.authority!) });
    });
  }

  /** Who else this person may be, with the reasons in words; no names. */
  matches(asking: Asking, personId: string): Promise<object> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      await this.changes.mustKnow(tx, asking, personId);
      const found = await this.suggested(tx, personId, asking.staff.authority!);
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [personId, ...found.map(({ otherPersonId }) => otherPersonId)], what: 'likenesses' satisfies List, why: asking.why });
      return {
        id: personId,
        matches: found.map(({ otherPersonId, ...likeness }) => ({ personId: otherPersonId, ...likenessOf(likeness) })),
      };
    });
  }

  /** This person and whoever they may be, or were found to be or not to be, as a person compares them: one recorded reading. */
  sideBySide<View>(asking: Asking, personId: string, view: (compared: SideBySide) => View): Promise<View> {
    const { staff, why } = asking;
    const authority = staff.authority!;
    return this.database.transaction(sightOf(asking), async (tx) => {
      await this.changes.mustKnow(tx, asking, personId);
      const standing = await shown(tx, this.acquaintance, await this.persons.get(tx, personId, null));
      const { state } = standing;
      const suggested = state.status === 'joined' ? [] : await this.claims.suggestionsFor(tx, personId, authority);
      const found = await this.claims.found(tx, personId, authority);
      const isHidden = (await this.claims.hiddenOnly(tx, [personId], authority)).has(personId);
      const others = await this.open(tx, asking, [...suggested, ...found, ...(state.status === 'joined' ? [{ otherPersonId: state.into }] : [])]);
      const ids = [personId, ...others];
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: ids, what: 'side by side', why });
      const [held, naming] = [await this.people.read(tx, ids), await this.claims.naming(tx, ids, authority)];
      const words = await this.narrative.read(tx, found.flatMap(({ reason }) => reason?.textId ?? []));
      const sideOf = (id: string): Side => ({ personId: id, identity: (id === personId && isHidden ? undefined : held.get(id)) ?? null, records: naming.filter((one) => one.personId === id) });
      return view({
        standing,
        person: sideOf(personId),
        others: others.map((id) => ({
          ...sideOf(id),
          likeness: suggested.filter(({ otherPersonId }) => otherPersonId === id).map(likenessOf)[0] ?? null,
          found: found.filter(({ otherPersonId }) => otherPersonId === id).map(({ verdict, at, by, reason }) => ({ verdict, at, by, reason: (reason && words.get(reason.textId)) ?? null })),
        })),
      });
    });
  }

  /** Those of these whom somebody may look at, each once. */
  private async open(tx: Tx, asking: Asking, people: { otherPersonId: string }[]): Promise<string[]> {
    const authority = asking.staff.authority!;
    const ids = [...new Set(people.map(({ otherPersonId }) => otherPersonId))];
    const [known, hidden] = [await this.acquaintance.known(tx, ids, authority), await this.claims.hiddenOnly(tx, ids, authority)];
    return admitted(asking, ids.filter((id) => !hidden.has(id)).map((id) => heldBy(authority, known, id))).map(({ id }) => id);
  }

  /** Whom nobody has looked at yet: of two who were found to be two after all it is not said again. */
  private async suggested(tx: Tx, personId: string, authority: string): Promise<Omit<Suggestion, 'recordId'>[]> {
    const lookedAt = new Set((await this.claims.found(tx, personId, authority)).map(({ otherPersonId }) => otherPersonId));
    return (await this.claims.suggestionsFor(tx, personId, authority)).filter(({ otherPersonId }) => !lookedAt.has(otherPersonId));
  }
}

const likenessOf = ({ score, reasons }: Pick<Suggestion, 'score' | 'reasons'>) => ({
  score,
  match: suggestedAs(score),
  reasons: reasons.map((code) => ({ code, words: reasonWords[code].words, weight: reasonWords[code].weight })),
});
