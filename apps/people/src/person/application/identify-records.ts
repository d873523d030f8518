import { Injectable } from '@nestjs/common';
import { londonDay } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { NotYet } from '#libs/messaging';
import { Clock } from '#libs/platform';
import { v5 } from 'uuid';
import type { Characteristics, RecordKind } from '../domain/parts.js';
import { judgeAge } from './age-on.js';
import { ClaimSource, type GivenClaim } from './claim-source.js';
import { asTyped, type HeldIdentity, heldIdentity } from './held-identity.js';
import { Likeness, type Likenesses } from './likeness.js';
import { Acquaintance, ClaimFile, PersonFile } from './person-file.js';
import { Persons } from './persons.js';

/** A record that was received and does not know yet whom it is about. */
export interface Told {
  recordId: string;
  recordKind: RecordKind;
  /** The message that told of it. */
  messageId: string;
  traceparent: string | null;
}

const namespace = '7d1b7c0e-2f7e-5b0c-9b4e-0c1d6c1f3a52';

const askedAtOnce = 16;

/** A record that was told of twice is asked about once. */
const onePerRecord = (told: Told[]): Told[] => [...Map.groupBy(told, ({ recordId }) => recordId).values()].map(([first]) => first!);

/** A new person's id follows from the record that first named them, so that trying again makes nobody twice. */
const newPersonId = (recordId: string): string => v5(recordId, namespace);

/** Where only this record cannot be told of just now, its message alone waits. */
function waitFor({ messageId }: Told, error: unknown): never {
  throw error instanceof NotYet && !error.isForAll ? new NotYet(error.message, { cause: error, messageIds: [messageId] }) : error;
}

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
    const fresh = told.filter(({ recordId }) => !claimed.has(recordId));
    const given = await this.ask(onePerRecord(fresh));
    if (given.length === 0) return;
    // Two records about one new person, taken at once, would make two people of them.
    await this.acquaintance.oneAtATime(tx);
    for (const { one, claim } of given) await this.identify(tx, one, claim);
  }

  /** What their receivers were told, in the same order. The first failure ends the asking: the transaction waits for it. */
  private async ask(told: Told[]): Promise<{ one: Told; claim: GivenClaim }[]> {
    const given: { one: Told; claim: GivenClaim }[] = [];
    const left = [...told.entries()];
    const lane = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [at, one] = next;
        given[at] = { one, claim: await this.source.ask(one.recordKind, one.recordId).catch((error: unknown) => waitFor(one, error)) };
      }
    };
    const giveUp = (error: unknown): never => {
      left.length = 0;
      throw error;
    };
    await Promise.all(Array.from({ length: askedAtOnce }, () => lane().catch(giveUp)));
    return given;
  }

  private async identify(tx: Tx, told: Told, claim: GivenClaim): Promise<void> {
    const receivedOn = londonDay(claim.receivedAt);
    const identity = heldIdentity(asTyped(claim.person), londonDay(this.clock.now()));
    const alike = await this.likeness.find(tx, identity);
    const personId = alike.same ?? newPersonId(claim.recordId);
    if (!alike.same) await this.register(tx, { personId, identity, claim, told });
    const born = alike.same ? (await this.people.read(tx, [personId])).get(personId)?.birthDate : identity.birthDate;
    const { recordId, recordKind, authority } = claim;
    const now = this.clock.now();
    const { state } = await this.persons.handle(tx, {
      recordId: personId,
      command: { type: 'KeepClaim', at: now, recordId, recordKind, authority, ...judgeAge(born ?? identity.birthDate, receivedOn) },
      context: { authority, ...this.because(told) },
    });
    await this.claims.keep(tx, personId, { recordId, recordKind, authority, receivedOn, given: claim.person });
    const keptApart = 'keptApart' in state ? state.keptApart : [];
    await this.claims.suggest(tx, suggestionsOf(alike, personId, recordId).filter((one) => !keptApart.includes(one.otherPersonId)));
  }

  private async register(
    tx: Tx,
    { personId, identity, claim, told }: { personId: string; identity: HeldIdentity; claim: GivenClaim; told: Told },
  ): Promise<void> {
    await this.persons.handle(tx, {
      recordId: personId,
      command: { type: 'RegisterPerson', at: this.clock.now(), by: null, ...characteristicsOf(claim) },
      context: { authority: null, ...this.because(told) },
    });
    await this.people.keep(tx, [{ personId, identity }]);
  }

  private because({ messageId, traceparent }: Told) {
    return { actor: null, recordedAt: this.clock.now(), causationId: messageId, traceparent };
  }
}

const characteristicsOf = ({ person }: GivenClaim): Characteristics => ({
  gender: person.gender ?? 'not_recorded',
  ethnicity: person.ethnicity ?? 'not_recorded',
  primarySupportReason: person.primarySupportReason ?? 'not_recorded',
  localArea: null,
});

const suggestionsOf = ({ others }: Likenesses, personId: string, recordId: string) =>
  others.map(({ personId: otherPersonId, score, reasons }) => ({
    personId,
    otherPersonId,
    recordId,
    score,
    reasons: reasons.map(({ code }) => code),
  }));
