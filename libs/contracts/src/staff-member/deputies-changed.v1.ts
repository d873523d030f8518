import { z } from 'zod';
import { day, envelope } from '../envelope.js';

/** Everybody who may act for somebody, each on which days. Whoever is disabled has none; the latest `sequence` stands. */
export const staffMemberDeputiesChangedV1 = envelope('safeguarding.staff-member.deputies-changed.v1', z.object({ deputies: z.array(z.object({ deputyId: z.uuid(), from: day, to: day })) }));
export type StaffMemberDeputiesChangedV1 = z.infer<typeof staffMemberDeputiesChangedV1>;
