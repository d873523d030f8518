import { z } from 'zod';
import { codes } from '#libs/contracts';
import { givenDay } from '#libs/platform';
import { name, reason } from '../../../given.js';
import { page } from '../../../keyset.js';
import { isCqcLocationId } from '../../domain/codes.js';

const cqcLocationId = z.string().trim().max(20).refine(isCqcLocationId, 'must be a location id of the Care Quality Commission, such as 1-123456789 or RNS01');
/** A code as the authority cuts its area up. */
const localArea = z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'must be the code of an area: letters, digits, - and _');
const organisationId = z.uuid();

export const registerBody = z.strictObject({
  name,
  setting: codes.placeSetting,
  cqcLocationId: cqcLocationId.nullable().default(null),
  localArea: localArea.nullable().default(null),
  organisationId: organisationId.nullable().default(null),
});
export type RegisterBody = z.infer<typeof registerBody>;

export const correctBody = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('name'), value: name, reason }),
  z.strictObject({ field: z.literal('cqcLocationId'), value: cqcLocationId.nullable(), reason }),
  z.strictObject({ field: z.literal('setting'), value: codes.placeSetting, reason }),
  z.strictObject({ field: z.literal('localArea'), value: localArea.nullable(), reason }),
]);
export type CorrectBody = z.infer<typeof correctBody>;

export const takeOverBody = z.strictObject({ organisationId: organisationId.nullable(), since: givenDay });
export type TakeOverBody = z.infer<typeof takeOverBody>;

export const question = z.strictObject({
  ...page,
  status: z.enum(['open', 'closed', 'entered-in-error']).optional(),
  setting: codes.placeSetting.optional(),
  localArea: localArea.optional(),
  organisation: organisationId.optional(),
  cqcLocationId: cqcLocationId.optional(),
});
export type PlaceQuestion = z.infer<typeof question>;
