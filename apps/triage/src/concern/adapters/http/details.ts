import { z } from 'zod';

const words = z.string().trim().max(20_000).optional();
const line = z.string().trim().max(300).optional();
const answer = z.enum(['yes', 'no', 'not_sure']).optional();

/**
 * What else a form asks, as the forms of other councils do. None of it is needed and no rule asks for it; it is kept with
 * the words of whoever raised the concern, and shown to whoever works on it.
 */
export const detailsBody = z.strictObject({
  /** About how old they are, where no date of birth is known. */
  age: line,
  /** In which council's area they live nobody could say, or nobody said: it is still to be asked for. */
  area: z.enum(['not_sure', 'not_said']).optional(),
  /** Nobody could say whether they are in danger now: it is still to be asked for. */
  inDanger: z.literal('not_sure').optional(),
  /** How to reach the person safely. */
  personContact: words,
  /** Their health, and how best to talk with them. */
  needs: words,
  /** GP, next of kin, carer, household. */
  circle: words,
  services: words,
  died: line,
  when: line,
  /** How it is known, witnesses, injuries, impact. */
  known: words,
  place: line,
  /** Whoever may be causing the harm. */
  alleged: words,
  /** What was done to keep the person safe. */
  done: words,
  policeTold: answer,
  policeReference: line,
  /** Whether the person can decide this for themselves. */
  capacity: answer,
  advocate: words,
  othersAtRisk: z.array(z.enum(['adults', 'children', 'nobody'])).max(3).optional(),
  others: words,
  /** The number by which whoever raises it knows it. */
  ownReference: line,
  contactRisky: answer,
  safeContact: words,
  /** Words on wishes or consent whose question was left open. */
  onWishes: words,
  onConsent: words,
});
