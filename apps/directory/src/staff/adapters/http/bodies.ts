import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay } from '#libs/platform';
import { account, code, name, reason } from '../../../given.js';
import { page } from '../../../keyset.js';

export const registerBody = z.strictObject({ account, name });
export const giveRoleBody = z.strictObject({ role: codes.staffRole, authority: codes.authority.nullable() });
export const takeRoleBody = z.strictObject({ role: codes.staffRole, reason });
export const teamBody = z.strictObject({ teamId: z.uuid() });
export const leaveBody = z.strictObject({ from: givenDay, to: givenDay });
export const fromBody = z.strictObject({ from: givenDay });
export const deputyBody = z.strictObject({ deputyId: z.uuid(), from: givenDay, to: givenDay });
export const correctBody = z.strictObject({ name, reason });

/** What can be chosen in a queue, by its codes alone: no word of anybody's stands in the journal for good. */
const chosenOf = <Choices extends z.ZodRawShape>(choices: Choices) =>
  z.strictObject({ authority: codes.authority, ...choices }).partial().refine((filters) => Object.keys(filters).length > 0, 'Choose something first.');
export const viewBody = z.discriminatedUnion('queue', [
  z.strictObject({ queue: z.literal('triage'), filters: chosenOf({ immediateRisk: z.enum(['yes', 'no', 'not_known']), referrerType: codes.referrerType, late: codes.yesNo, has: z.enum(['me', 'nobody']) }) }),
  z.strictObject({ queue: z.literal('enquiries'), filters: chosenOf({ kind: z.enum(['s42', 'other']) }) }),
  z.strictObject({ queue: z.literal('dols'), filters: chosenOf({ band: z.enum(['to_be_prioritised', ...codes.band.options]), kind: codes.dolsKind, urgent: codes.yesNo }) }),
]);

export const staffQuestion = z.strictObject({
  ...page,
  status: z.enum(['active', 'disabled', 'entered-in-error']).optional(),
  role: codes.staffRole.optional(),
  team: z.uuid().optional(),
  actsAs: code.optional(),
});
export const deputiesQuestion = z.strictObject({ on: givenDay.optional() });

export type Body<Schema extends z.ZodType> = z.infer<Schema>;
