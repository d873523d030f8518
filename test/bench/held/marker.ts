import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations as dols } from '#apps/dols/src/migrations/index';
import { migrations as metrics } from '#apps/metrics/src/migrations/index';
import { migrations as people } from '#apps/people/src/migrations/index';
import { migrations as section42 } from '#apps/section42/src/migrations/index';
import { migrations as triage } from '#apps/triage/src/migrations/index';
import { writeWhole } from '../../../tools/start/secrets.ts';
import type { Laid } from './lay-batch.ts';
import type { HeldPlan } from './plan.ts';

/** Of what is laid: another number has every home laid anew, as another shape of the tables has. */
const layout = 1;
const shapes = [people, triage, section42, dols, metrics].flat().map(({ name }) => name).join(' ');
export const dataVersion = `${layout}-${createHash('sha256').update(shapes).digest('hex').slice(0, 12)}`;

/** What a home says of what was laid into it. */
export interface Marker extends Laid {
  seed: number;
  size: number;
  version: string;
  /** What laying took, up to the facts; how long it was until all was sealed says nothing, since seals are made by the minute. */
  seconds: number;
  /** Commands that benches gave it since. */
  worn: number;
}

/** A home that benches have added to by more than this share of its concerns is no longer what it is called. */
const mostWorn = 0.1;

const markerOf = (home: string): string => join(home, 'held.json');

const write = (home: string, marker: Marker): Marker => {
  writeWhole(markerOf(home), `${JSON.stringify(marker)}\n`);
  return marker;
};

/** Says that the plan was laid into this home. */
export const mark = (home: string, { seed, concerns }: HeldPlan, laid: Laid & { seconds: number }): Marker =>
  write(home, { ...laid, seed, size: concerns, version: dataVersion, worn: 0 });

/** What was laid into a home; undefined where that is not the plan, or not whole, or worn. */
export function findMarker(home: string, { seed, concerns }: HeldPlan): Marker | undefined {
  const file = markerOf(home);
  if (!existsSync(file)) return undefined;
  const marker = JSON.parse(readFileSync(file, 'utf8')) as Marker;
  const isIt = marker.seed === seed && marker.size === concerns && marker.version === dataVersion && marker.worn <= concerns * mostWorn;
  return isIt ? marker : undefined;
}

/** Says that a bench gave the system of this home so many commands, which stay. */
export function wear(home: string, commands: number): void {
  const marker = JSON.parse(readFileSync(markerOf(home), 'utf8')) as Marker;
  write(home, { ...marker, worn: marker.worn + commands });
}
