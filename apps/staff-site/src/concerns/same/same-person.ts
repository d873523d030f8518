import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, because } from '#libs/pages';
import { Names } from '../../names.js';
import { Services } from '../../outside.js';

const person = z.object({ id: z.string(), sequence: z.number(), into: z.string().optional() });
const matches = z.object({ matches: z.array(z.object({ personId: z.string(), score: z.number(), reasons: z.array(z.object({ words: z.string() })) })) });

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
    const alike = found.into ? [] : (await people.get(`/people/${personId}/matches`, {}, matches)).matches;
    const names = await this.names.of([found.into, ...alike.map((one) => one.personId)], looking);
    const called = (id: string): string => names?.get(id) || 'Name not known';
    return {
      sequence: found.sequence,
      joined: found.into === undefined ? undefined : { id: found.into, name: called(found.into), reasons: [] },
      matches: alike.map(({ personId: id, reasons }) => ({ id, name: called(id), reasons: reasons.map(({ words }) => words) })),
    };
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
