import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay } from '#libs/platform';
import { account, code, name, reason } from '../../../given.js';
import { page } from '../../../keyset.js';
import { VIEW_QUEUES } from '../../domain/codes.js';

export const registerBody = z.strictObject({ account, name });
export const giveRoleBody = z.strictObject({ role: codes.staffRole, authority: codes.authority.nullable() });
export const takeRoleBody = z.strictObject({ role: codes.staffRole, reason });
export const teamBody = z.strictObject({ teamId: z.uuid() });
export const leaveBody = z.strictObject({ from: givenDay, to: givenDay });
export const fromBody = z.strictObject({ from: givenDay });
export const deputyBody = z.strictObject({ deputyId: z.uuid(), from: givenDay, to: givenDay });
export const correctBody = z.strictObject({ name, reason });

/** A name or a value of a filter: a code, in which no sentence fits. */
const chosen = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
const MOST_FILTERS = 6;
export const viewBody = z.strictObject({
  queue: z.enum(VIEW_QUEUES),
  filters: z.record(chosen, chosen).refine((filters) => Object.keys(filters).length >= 1, 'Choose something first.').refine((filters) => Object.keys(filters).length <= MOST_FILTERS, `A view has at most ${MOST_FILTERS} choices.`),
});

export const staffQuestion = z.strictObject({
  ...page,
  status: z.enum(['active', 'disabled', 'entered-in-error']).optional(),
  role: codes.staffRole.optional(),
  team: z.uuid().optional(),
  actsAs: code.optional(),
});
export const deputiesQuestion = z.strictObject({ on: givenDay.optional() });

export type Body<Schema extends z.ZodType> = z.infer<Schema>;
