import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, because, NotAllowed, ServiceUnavailable } from '#libs/pages';
import { may } from '../../may.js';
import { Names } from '../../names.js';
import { Services } from '../../outside.js';
import { type AboutPeople, concernsAbout } from '../about-people.js';
import { finding, type Finding, identity, type PersonSeen } from '../shapes.js';

const alike = z.object({ match: z.enum(['likely', 'possible']).catch('possible'), reasons: z.array(z.object({ words: z.string() })) });
const matches = z.object({ matches: z.array(alike.extend({ personId: z.string() })) });
const side = z.object({ personId: z.string(), identity, records: z.array(z.object({ recordId: z.string(), recordKind: z.string(), receivedOn: z.string() })) });
const found = finding.omit({ personId: true }).extend({ reason: z.string().nullish() });
const compared = z.object({ sequence: z.number(), into: z.string().optional(), person: side, others: z.array(side.extend({ likeness: alike.nullable(), found: z.array(found) })) });

/** Somebody as they are compared, with the records that name them. */
export type Side = z.infer<typeof side>;

/** Somebody who may be the person of a concern, or was found to be or not to be. */
export type Other = z.infer<typeof compared>['others'][number];

export interface Likeness {
  sequence: number;
  person: Side;
  /** Whom they were joined with; only one at a time. */
  into: string | undefined;
  others: Other[];
}

/** Somebody who is likely the person of a concern, by name. */
export interface Match {
  id: string;
  name: string;
  reasons: string[];
}

/** What was found, with the name of the other. */
export type NamedFinding = Finding & { name: string };

const nameless = 'Name not known';
const looking = 'whether two people are one';

/** Who else the person of a concern may be, as `people` finds it and a person decides it. */
@Injectable()
export class SamePerson {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
  ) {}

  /** The person beside whoever they may be, in one reading that `people` records. */
  async likeness(personId: string): Promise<Likeness> {
    const answer = await this.services.people.as(because(looking)).find(`/people/${personId}/side-by-side`, compared);
    if (!answer) throw new NotFoundException();
    return { ...answer, into: answer.into };
  }

  /** The concerns of each, those that an import brought among them. Of two who are joined nobody tells whose is whose. */
  concernsOf({ person, others, into }: Likeness): Promise<AboutPeople | undefined> {
    const people = into === undefined && others.length > 0 ? [person, ...others] : [];
    return concernsAbout(this.services.triage.as(because(looking)), people.map(({ personId }) => personId));
  }

  /** Those who are likely the same, for whoever opens the concern; `away` where that cannot be told just now. */
  async likely(personId: string | null): Promise<Match[] | 'away'> {
    if (personId === null || !may('person.match')) return [];
    try {
      const answer = await this.services.people.as(because(looking)).get(`/people/${personId}/matches`, {}, matches);
      const likely = answer.matches.filter(({ match }) => match === 'likely');
      const names = await this.names.of(likely.map((one) => one.personId), looking);
      return likely.map((one) => ({ id: one.personId, name: names?.get(one.personId) || nameless, reasons: one.reasons.map(({ words }) => words) }));
    } catch (error) {
      if (error instanceof ServiceUnavailable) return 'away';
      if (error instanceof NotAllowed) return [];
      throw error;
    }
  }

  /** What was found of the person of a concern and others, by name. */
  async found(person: PersonSeen | undefined | 'away'): Promise<NamedFinding[]> {
    if (!person || person === 'away' || person.found.length === 0) return [];
    const names = await this.names.of(person.found.map((one) => one.personId), looking);
    return person.found.map((one) => ({ ...one, name: names?.get(one.personId) || nameless }));
  }

  /** Sends what somebody found, on the version that they saw, once for a form. */
  send(personId: string, { verdict, other, reason }: { verdict: Verdict; other: string; reason: string }, { seen, key }: { seen: number; key: string }): Promise<Answer> {
    const { path, as } = asked[verdict];
    return this.services.people.post(`/people/${personId}/${path}`, { [as]: other, reason }, { 'if-match': `"${seen}"`, 'idempotency-key': key });
  }
}

const asked = {
  one: { path: 'join', as: 'into' },
  different: { path: 'keep-apart', as: 'other' },
  again: { path: 'keep-apart/undo', as: 'other' },
  two: { path: 'separate', as: 'from' },
} as const;

/** They are one; they only look alike; that was said wrongly; they were joined and are two after all. */
export type Verdict = keyof typeof asked;
export const verdicts: readonly string[] = Object.keys(asked);
