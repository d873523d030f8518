import type { Plan } from '../../oracle/invented.ts';

/** What is laid: how many concerns, and with them people, enquiries and DoLS requests in the proportions of the example. */
export interface HeldPlan extends Plan {
  /** What a home that holds it is called. */
  name: string;
}

/** Of the example: requests for each concern; and people enough that about a sixth of the concerns are about somebody of the last year. */
const requestsAConcern = 12_651 / 28_450;
const peopleAConcern = 3;
/** More wait than in the example, so that with ten thousand concerns held a page of every queue is full, narrowed or not: half a page would be quicker to make than a whole one. */
const backlog = { undecided: 0.3, unallocated: 0.9 };

/** So many concerns, from January 2023 to July 2025, of the example's two councils. */
export const heldPlan = (concerns: number, seed: number): HeldPlan => ({
  name: `cases-${concerns}-seed-${seed}`,
  seed,
  mark: '',
  concerns,
  dols: Math.round(concerns * requestsAConcern),
  people: Math.max(1, concerns * peopleAConcern),
  unlike: { backlog },
});

/** Two councils that there are, and as many invented ones as England has besides. */
const councils = ['E06000062', 'E06000061', ...Array.from({ length: 150 }, (_, at) => `E0699${String(at).padStart(4, '0')}`)];

/**
 * A made-up year of England, or a part of it: 640,240 concerns, 185,270 section 42 enquiries, 332,455 DoLS requests, 152
 * councils of very different sizes (Safeguarding Adults and DoLS statistics of 2024-25).
 */
export function englandPlan(seed: number, part = 1): HeldPlan {
  const concerns = Math.round(640_240 * part);
  const s42 = Math.round((185_270 / 640_240) * 1_000);
  return {
    ...heldPlan(concerns, seed),
    name: `england-${concerns}-seed-${seed}`,
    dols: Math.round(332_455 * part),
    unlike: {
      from: Date.UTC(2024, 7, 1),
      weights: {
        authority: Object.fromEntries(councils.map((code, at) => [code, 100 + ((at * 389) % 900)])),
        triage_outcome: { s42_enquiry: s42, no_further_action: 611 - s42, care_act_assessment: 186, quality_team: 141, adult_risk_management: 39, other_authority: 23 },
      },
    },
  };
}
