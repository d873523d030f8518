import { Injectable } from '@nestjs/common';
import { londonDay } from '#libs/calendar';
import { NotFound, type Tx } from '#libs/journal';
import type { Making } from '#libs/platform';
import type { CorrectIdentity } from '../domain/commands.js';
import type { IdentityField } from '../domain/parts.js';
import { judgeAge } from './age-on.js';
import type { Act } from './change-person.js';
import { asTyped, type GivenIdentity, type HeldIdentity, heldIdentity } from './held-identity.js';
import { ClaimFile, PersonFile } from './person-file.js';

/** Puts right who somebody is: the story tells which fields, and the ages of their records are judged again. */
@Injectable()
export class CorrectingIdentity {
  constructor(
    private readonly people: PersonFile,
    private readonly claims: ClaimFile,
  ) {}

  act(personId: string, changes: GivenIdentity, reason: string): Act {
    let corrected: HeldIdentity | undefined;
    return {
      make: async (making, tx) => {
        const held = (await this.people.read(tx, [personId])).get(personId);
        if (!held) throw new NotFound('nothing is held about who this person is');
        corrected = heldIdentity({ ...givenOf(held), ...asTyped(changes) }, londonDay(making.now));
        return this.command(tx, making, { personId, held, corrected, reason });
      },
      after: (tx) => this.people.replace(tx, personId, corrected!),
    };
  }

  private async command(
    tx: Tx,
    { words, now, by }: Making,
    { personId, held, corrected, reason }: { personId: string; held: HeldIdentity; corrected: HeldIdentity; reason: string },
  ): Promise<CorrectIdentity> {
    const days = held.birthDate === corrected.birthDate ? [] : await this.claims.daysOf(tx, personId);
    return {
      type: 'CorrectIdentity',
      at: now,
      by,
      reason: words.keep(reason),
      fields: fieldsThatDiffer(givenOf(held), givenOf(corrected)),
      ageBands: days.map(({ recordId, receivedOn }) => ({ recordId, ...judgeAge(corrected.birthDate, receivedOn) })),
    };
  }
}

const givenOf = (held: HeldIdentity): Required<GivenIdentity> => ({
  givenName: held.givenName,
  familyName: held.familyName,
  dateOfBirth: held.birthDate ?? held.birthDateAsWritten,
  nhsNumber: held.nhsNumber ?? held.nhsNumberAsWritten,
  address: held.address,
  postcode: held.postcode,
});

const fieldOf: Readonly<Record<keyof GivenIdentity, IdentityField>> = {
  givenName: 'given_name',
  familyName: 'family_name',
  dateOfBirth: 'birth_date',
  nhsNumber: 'nhs_number',
  address: 'address',
  postcode: 'postcode',
};

const keys = Object.keys(fieldOf) as (keyof GivenIdentity)[];

const fieldsThatDiffer = (before: Required<GivenIdentity>, after: Required<GivenIdentity>): IdentityField[] =>
  keys.filter((key) => before[key] !== after[key]).map((key) => fieldOf[key]);
