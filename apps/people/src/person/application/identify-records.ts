import { Injectable } from '@nestjs/common';
import { londonDay } from '#libs/calendar';
import { inOneGo, type Request, type Tx } from '#libs/journal';
import { Clock } from '#libs/platform';
import { v5 } from 'uuid';
import type { PersonCommand } from '../domain/commands.js';
import { lookedApart } from '../domain/join-persons.js';
import type { Characteristics, RecordKind } from '../domain/parts.js';
import { judgeAge } from './age-on.js';
import { ClaimSource, type GivenClaim } from './claim-source.js';
import { asTyped, type HeldIdentity, heldIdentity } from './held-identity.js';
import { type Gathering, Likeness, type Likenesses } from './likeness.js';
import { Acquaintance, ClaimFile, PersonFile, type Suggestion } from './person-file.js';
import { Persons } from './persons.js';

/** A record that was received and does not know yet whom it is about. */
export interface Told {
  recordId: string;
  recordKind: RecordKind;
  /** The message that told of it. */
  messageId: string;
  traceparent: string | null;
}

/** A record with what its receiver was told about its person. */
interface Given {
  told: Told;
  claim: GivenClaim;
  identity: HeldIdentity;
}

/** A record of whom it is known now who they are. */
interface Identified extends Given {
  personId: string;
  alike: Likenesses;
}

const namespace = '7d1b7c0e-2f7e-5b0c-9b4e-0c1d6c1f3a52';

/** As many as a receiver answers at once. */
const mostAsked = 100;
/** Each may have 200 candidates, all open in memory together. */
const mostCompared = 50;

/** A new person's id follows from the record that first named them, so that trying again makes nobody twice. */
const newPersonId = (recordId: string): string => v5(recordId, namespace);

/** Finds out whom records are about: somebody known, where there is no doubt, else somebody new. */
@Injectable()
export class IdentifyRecords {
  constructor(
    private readonly source: ClaimSource,
    private readonly persons: Persons,
    private readonly people: PersonFile,
    private readonly claims: ClaimFile,
    private readonly acquaintance: Acquaintance,
    private readonly likeness: Likeness,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, told: Told[]): Promise<void> {
    const claimed = await this.claims.claimed(tx, told.map(({ recordId }) => recordId));
    const fresh = new Map(told.filter(({ recordId }) => !claimed.has(recordId)).map((one) => [one.recordId, one]));
    if (fresh.size === 0) return;
    await this.people.ensureAllFindable(tx);
    const given = await this.ask([...fresh.values()]);
    // Two records about one new person, taken at once, would make two people of them. Whoever had the lock before may file people as before an update.
    await inOneGo(tx, [() => this.acquaintance.oneAtATime(tx), () => this.people.ensureAllFindable(tx)]);
    for (const part of partsOf(given, mostCompared)) await this.identify(tx, part);
  }

  /** What their receivers were told. The first failure ends the asking: the transaction waits for it. */
  private async ask(told: Told[]): Promise<Given[]> {
    const today = londonDay(this.clock.now());
    const given: Given[] = [];
    for (const [kind, those] of Map.groupBy(told, ({ recordKind }) => recordKind)) {
      for (const part of partsOf(those, mostAsked)) {
        const claims = await this.source.ask(kind, part.map(({ recordId }) => recordId));
        if (claims.size < part.length) throw new Error(`the receiver of a ${kind} does not know what it was told about its person`);
        given.push(...part.map((one) => givenOf(one, claims.get(one.recordId)!, today)));
      }
    }
    return given;
  }

  private async identify(tx: Tx, given: Given[]): Promise<void> {
    const gathering = await this.likeness.gather(tx, given.map(({ identity }) => identity));
    const identified = given.map((one) => recognise(one, gathering));
    const requests = identified.flatMap((one) => [...(one.alike.same ? [] : [this.registering(one)]), this.keepingClaim(one)]);
    const results = await this.persons.handleAll(tx, requests);
    await this.people.keep(tx, identified.filter(({ alike }) => !alike.same));
    await this.claims.keep(tx, identified.map(({ personId, claim: { person, receivedAt, ...claim } }) => ({ personId, ...claim, receivedOn: londonDay(receivedAt), given: person })));
    const apart = new Map(results.map(({ recordId, state }) => [recordId, lookedApart(state)]));
    const suggestions = identified.flatMap(suggestionsOf).filter(({ personId, otherPersonId }) => !apart.get(personId)!.includes(otherPersonId));
    await this.claims.suggest(tx, onePerPair(suggestions));
  }

  private registering({ personId, claim, told }: Identified): Request<PersonCommand> {
    return {
      recordId: personId,
      command: { type: 'RegisterPerson', at: this.clock.now(), by: null, ...characteristicsOf(claim) },
      context: { authority: null, ...this.because(told) },
    };
  }

  private keepingClaim({ personId, claim, told, identity, alike }: Identified): Request<PersonCommand> {
    const { recordId, recordKind, authority, receivedAt } = claim;
    const born = alike.same?.identity.birthDate ?? identity.birthDate;
    return {
      recordId: personId,
      command: { type: 'KeepClaim', at: this.clock.now(), recordId, recordKind, authority, ...judgeAge(born, londonDay(receivedAt)) },
      context: { authority, ...this.because(told) },
    };
  }

  private because({ messageId, traceparent }: Told) {
    return { actor: null, recordedAt: this.clock.now(), causationId: messageId, traceparent };
  }
}

const partsOf = <Item>(items: Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

const givenOf = (told: Told, claim: GivenClaim, today: string): Given => ({ told, claim, identity: heldIdentity(asTyped(claim.person), today) });

/** Whom a record is about; somebody new joins the gathering, so that the next record may be about them. */
function recognise(given: Given, gathering: Gathering): Identified {
  const alike = gathering.like(given.identity);
  const personId = alike.same?.personId ?? newPersonId(given.claim.recordId);
  if (!alike.same) gathering.welcome(personId, given.identity);
  return { ...given, personId, alike };
}

const characteristicsOf = ({ person }: GivenClaim): Characteristics => ({
  gender: person.gender ?? 'not_recorded',
  ethnicity: person.ethnicity ?? 'not_recorded',
  primarySupportReason: person.primarySupportReason ?? 'not_recorded',
  localArea: null,
});

const suggestionsOf = ({ alike, personId, claim: { recordId } }: Identified): Suggestion[] =>
  alike.others.map(({ personId: otherPersonId, score, reasons }) => ({ personId, otherPersonId, recordId, score, reasons: reasons.map(({ code }) => code) }));

/** Two people are suggested once, whichever of them the records named first. */
const onePerPair = (suggestions: Suggestion[]): Suggestion[] =>
  [...Map.groupBy(suggestions, ({ personId, otherPersonId }) => [personId, otherPersonId].toSorted().join(' ')).values()].map(([first]) => first!);
