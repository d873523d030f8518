import { createHash } from 'node:crypto';
import { v5, v7 } from 'uuid';
import type { Plan } from '../../oracle/invented.ts';

const namespace = '2c7f6c36-4f0a-5f0e-8a54-7e2f5a1d9b60';

/** A record's id as its service gives it: the time it came, and what looks random, here the same for the same seed. */
export const recordIdOf = ({ seed }: Plan, kind: 'concern' | 'dols_request', number: number, at: number): string =>
  v7({ msecs: at, random: createHash('sha256').update(`${seed} ${kind} ${number}`).digest().subarray(0, 16) });

export const personIdOf = ({ seed }: Plan, number: number): string => v5(`${seed} ${number}`, namespace);
