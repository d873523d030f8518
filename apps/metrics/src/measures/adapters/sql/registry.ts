import { conversion } from './conversion.js';
import { dolsDecided, dolsWaiting } from './dols.js';
import type { Measure } from './measure.js';
import { namedDecisions } from './named-decisions.js';
import { notSafeguarding } from './not-safeguarding.js';
import { oldestWaiting } from './oldest-waiting.js';
import { makingSafeguardingPersonal } from './personal.js';
import { repeatConcerns } from './repeat-concerns.js';
import { reviewReferrals } from './review-referrals.js';
import { tellingReferrers } from './telling.js';
import { triageTime } from './triage-time.js';
import { undecidedConcerns } from './undecided.js';
import { awaitingTriage, unallocatedEnquiries } from './waiting.js';
import { wishesAtTriage } from './wishes.js';

/** Every measure there is, by its key. */
export const measures: ReadonlyMap<string, Measure> = new Map(
  [
    triageTime, conversion, awaitingTriage, unallocatedEnquiries, dolsWaiting, dolsDecided, makingSafeguardingPersonal, repeatConcerns, tellingReferrers, namedDecisions,
    undecidedConcerns, oldestWaiting, wishesAtTriage, notSafeguarding, reviewReferrals,
  ].map((measure) => [measure.key, measure]),
);
