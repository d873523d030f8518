import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, because, NotAllowed, ServiceUnavailable } from '#libs/pages';
import { may } from '../../may.js';
import { Names } from '../../names.js';
import { Services } from '../../outside.js';

const person = z.object({ id: z.string(), sequence: z.number(), into: z.string().optional() });
const matches = z.object({ matches: z.array(z.object({ personId: z.string(), match: z.enum(['likely', 'possible']).catch('possible'), reasons: z.array(z.object({ words: z.string() })) })) });

/** Somebody who may be the person of a concern, or was found to be. */
export interface Match {
  id: string;
  name: string;
  reasons: string[];
}

export interface Likeness {
  sequence: number;
  /** Whom they were joined with; only one at a time. */
  joined: Match | undefined;
  matches: Match[];
}

type Alike = z.infer<typeof matches>['matches'][number];

const matchOf = ({ personId, reasons }: Pick<Alike, 'personId' | 'reasons'>, names: ReadonlyMap<string, string> | undefined): Match => ({
  id: personId,
  name: names?.get(personId) || 'Name not known',
  reasons: reasons.map(({ words }) => words),
});

const looking = 'whether two people are one';

/** Who else the person of a concern may be, as `people` finds it and a person decides it. */
@Injectable()
export class SamePerson {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
  ) {}

  async likeness(personId: string): Promise<Likeness> {
    const people = this.services.people.as(because(looking));
    const found = await people.find(`/people/${personId}`, person);
    if (!found) throw new NotFoundException();
    const alike = found.into ? [] : await this.alike(personId);
    const names = await this.names.of([found.into, ...alike.map((one) => one.personId)], looking);
    return {
      sequence: found.sequence,
      joined: found.into === undefined ? undefined : matchOf({ personId: found.into, reasons: [] }, names),
      matches: alike.map((one) => matchOf(one, names)),
    };
  }

  /** Those who are likely the same, for whoever opens the concern; nobody where that cannot be told just now. */
  async likely(personId: string | null): Promise<Match[]> {
    if (personId === null || !may('person.match')) return [];
    try {
      const found = (await this.alike(personId)).filter(({ match }) => match === 'likely');
      const names = await this.names.of(found.map((one) => one.personId), looking);
      return found.map((one) => matchOf(one, names));
    } catch (error) {
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return [];
      throw error;
    }
  }

  private async alike(personId: string): Promise<Alike[]> {
    return (await this.services.people.as(because(looking)).get(`/people/${personId}/matches`, {}, matches)).matches;
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
  two: { path: 'separate', as: 'from' },
} as const;

/** They are one; they only look alike; they were joined and are two after all. */
export type Verdict = keyof typeof asked;
export const verdicts = Object.keys(asked) as Verdict[];
