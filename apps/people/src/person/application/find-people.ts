import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/journal';
import { admitQuestion, admitted, type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';
import { reasons as reasonWords } from '../domain/matching.js';
import { type Hit, hits, MOST_SHOWN, searchedBy, type SearchTerms } from '../domain/search.js';
import { comparable } from '../domain/tokens.js';
import { heldBy } from './change-person.js';
import type { HeldIdentity } from './held-identity.js';
import { Ear } from './likeness.js';
import { Acquaintance, ClaimFile, PersonFile } from './person-file.js';
import { type NamedIn, SearchFile } from './search-file.js';

/** Somebody who was found, as far as it takes to tell them from others. */
export interface FoundPerson {
  id: string;
  givenName: string | null;
  familyName: string | null;
  birthDate: string | null;
  postcode: string | null;
  score: number;
  reasons: { code: string; words: string; weight: number }[];
  /** They were found by what a record says that was joined into theirs. */
  isByJoined: boolean;
  records: Omit<NamedIn, 'personId'>[];
}

/** Finding people by who they are, of the asker's own authority; every search is recorded, whether or not it found anybody. */
@Injectable()
export class FindPeople {
  constructor(
    private readonly database: Database,
    private readonly searches: SearchFile,
    private readonly people: PersonFile,
    private readonly claims: ClaimFile,
    private readonly acquaintance: Acquaintance,
    private readonly ear: Ear,
    private readonly clock: Clock,
  ) {}

  find(asking: Asking, terms: SearchTerms, why: string): Promise<{ people: FoundPerson[]; mayBeMore: boolean }> {
    const { staff } = asking;
    admitQuestion(asking, staff.authority);
    const authority = staff.authority!;
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { ids, areMore } = await this.searches.candidates(tx, terms, authority);
      const { found, held } = await this.compared(tx, ids, terms);
      const known = await this.acquaintance.known(tx, found.map(({ remaining }) => remaining), authority);
      const fitting = admitted(asking, found.map((hit) => ({ ...heldBy(authority, known, hit.remaining), hit }))).map(({ hit }) => hit);
      const shown = fitting.slice(0, MOST_SHOWN);
      const remaining = shown.map((hit) => hit.remaining);
      const hidden = await this.claims.hiddenOnly(tx, remaining, authority);
      const records = Map.groupBy(await this.searches.namedIn(tx, remaining, authority), ({ personId }) => personId);
      const recordIds = [...new Set([...shown.flatMap(({ remaining, foundBy }) => [remaining, foundBy]), ...[...records.values()].flat().map(({ recordId }) => recordId)])];
      const what = searchedBy(terms, staff);
      await recordReading(tx, { staff, at: this.clock.now(), recordIds, what, why });
      // Who they are of whom only restricted records tell is not told by way of somebody who was joined into them.
      const told = (hit: Hit): HeldIdentity => held.get(hidden.has(hit.remaining) ? hit.foundBy : hit.remaining) ?? held.get(hit.foundBy)!;
      return { people: shown.map((hit) => viewOf(hit, told(hit), records.get(hit.remaining) ?? [])), mayBeMore: areMore || fitting.length > MOST_SHOWN };
    });
  }

  /** Whoever fits, and who everybody is who was compared, with those who stand for them. */
  private async compared(tx: Tx, ids: string[], terms: SearchTerms): Promise<{ found: Hit[]; held: Map<string, HeldIdentity> }> {
    const standIns = await this.acquaintance.standIns(tx, ids);
    const standing = ids.flatMap((id) => {
      const standIn = standIns.get(id);
      return standIn?.status === 'known' ? [{ personId: id, remaining: standIn.personId }] : [];
    });
    const held = await this.people.read(tx, [...new Set(standing.flatMap(({ personId, remaining }) => [personId, remaining]))]);
    const candidates = standing.flatMap((one) => {
      const identity = held.get(one.personId);
      return identity ? [{ ...one, compared: comparable(identity, this.ear.hear) }] : [];
    });
    return { found: hits(terms, candidates, this.ear.hear), held };
  }
}

function viewOf({ remaining, foundBy, score, reasons }: Hit, { givenName, familyName, birthDate, postcode }: HeldIdentity, records: NamedIn[]): FoundPerson {
  return {
    id: remaining, givenName, familyName, birthDate, postcode, score,
    reasons: reasons.map(({ code, weight }) => ({ code, words: reasonWords[code].words, weight })),
    isByJoined: foundBy !== remaining,
    records: records.map(({ recordId, recordKind, receivedOn }) => ({ recordId, recordKind, receivedOn })),
  };
}
