import { conversion } from './conversion.js';
import { dolsDecided, dolsWaiting } from './dols.js';
import type { Measure } from './measure.js';
import { namedDecisions } from './named-decisions.js';
import { makingSafeguardingPersonal } from './personal.js';
import { repeatConcerns } from './repeat-concerns.js';
import { tellingReferrers } from './telling.js';
import { triageTime } from './triage-time.js';
import { undecidedConcerns } from './undecided.js';
import { awaitingTriage, unallocatedEnquiries } from './waiting.js';

/** Every measure there is, by its key. */
export const measures: ReadonlyMap<string, Measure> = new Map(
  [
    triageTime, conversion, awaitingTriage, unallocatedEnquiries, dolsWaiting, dolsDecided, makingSafeguardingPersonal, repeatConcerns, tellingReferrers, namedDecisions,
    undecidedConcerns,
  ].map((measure) => [measure.key, measure]),
);
