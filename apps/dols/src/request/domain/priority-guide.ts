import type { Day } from '#libs/calendar';
import type { Band, Factor } from './codes.js';
import { legalTestOn } from './legal-tests.js';
import type { Evidence } from './parts.js';

interface Criterion {
  readonly factor: Factor;
  readonly answer: 'yes' | 'no';
  readonly band: Band;
}

/** What a screening suggests, for a person to settle. The published tool of April 2024 is still to be read. */
export const priorityGuide = {
  version: 1,
  from: '2026-06-02',
  source: 'unsourced: council to set',
  criteria: [
    { factor: 'person_objects', answer: 'yes', band: 'high' },
    { factor: 'family_objects', answer: 'yes', band: 'high' },
    { factor: 'attempts_to_leave', answer: 'yes', band: 'high' },
    { factor: 'physical_restraint', answer: 'yes', band: 'high' },
    { factor: 'medication_to_control', answer: 'yes', band: 'high' },
    { factor: 'contact_limited', answer: 'yes', band: 'high' },
    { factor: 'confined_to_part_of_building', answer: 'yes', band: 'high' },
    { factor: 'one_to_one_care', answer: 'yes', band: 'high' },
    { factor: 'new_or_unstable_placement', answer: 'yes', band: 'high' },
    { factor: 'challenge_likely', answer: 'yes', band: 'high' },
    { factor: 'wishes_and_feelings_positive', answer: 'no', band: 'medium' },
    { factor: 'life_as_normal_as_can_be', answer: 'no', band: 'medium' },
    { factor: 'continuous_supervision_and_control', answer: 'yes', band: 'medium' },
  ] satisfies readonly Criterion[],
};

/** The band that the evidence points to, and what points there. Only a person gives a request its band. */
export function suggestBand(evidence: Evidence): { band: Band; because: Factor[] } {
  const met = priorityGuide.criteria.filter(({ factor, answer }) => evidence[factor] === answer);
  const band: Band = met.some((each) => each.band === 'high') ? 'high' : met.length > 0 ? 'medium' : 'low';
  return { band, because: met.filter((each) => each.band === band).map(({ factor }) => factor) };
}

/** What the legal test of this day asks and nobody has answered: a list to chase, never a reason to wait. */
export function stillToAsk(evidence: Evidence, on: Day): Factor[] {
  return legalTestOn(on).asks.filter((factor) => (evidence[factor] ?? 'not_known') === 'not_known');
}
