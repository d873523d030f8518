import { z } from 'zod';
import type { Tx } from '#libs/journal';
import { type Keep, type KeepNoMore, KEPT_BECAUSE, RESTRICTED_BECAUSE, type LiftRestriction, type Restrict } from '#libs/restriction';
import type { Making } from './commands.js';
import { givenStaffId } from './given.js';
import { activeStaff } from './known-staff.js';
import { namedHere, type RestrictedTable, workingAs } from './restricted-persons.js';

/** PostgreSQL's text holds no NUL. */
const words = z.string().trim().max(20_000).regex(/^[^\0]*$/u, 'This holds a character that cannot be kept.');

export const restrictBody = z.strictObject({ names: z.array(givenStaffId).max(50), why: z.enum(RESTRICTED_BECAUSE).exclude(['same_person']), reason: words.optional() });
export type RestrictBody = z.infer<typeof restrictBody>;

export const keepFromBody = z.strictObject({ staff: z.array(givenStaffId).min(1).max(50), why: z.enum(KEPT_BECAUSE), reason: words.optional() });
export type KeepFromBody = z.infer<typeof keepFromBody>;
/** Of oneself. */
export const interestBody = keepFromBody.omit({ staff: true });
export type InterestBody = z.infer<typeof interestBody>;
export const keepNoMoreBody = z.strictObject({ staff: z.array(givenStaffId).min(1).max(50), reason: words });
export type KeepNoMoreBody = z.infer<typeof keepNoMoreBody>;

/** A record's id or its reference, in the body: neither stands in an address that somebody has who may not know of it. */
export const calledByGlass = z.string().trim().min(1).max(100).regex(/^\P{Cc}+$/u, 'must be an id or a reference, in one line');
export const glassReason = words.min(1, 'Say why you have to see it.');

export const restrictedQuestion = z.strictObject({ page: z.coerce.number().int().min(1).max(100_000).default(1) });
export type RestrictedQuestion = z.infer<typeof restrictedQuestion>;

/** A record, and the authority for which somebody says whom it is open to. */
interface Of {
  recordId: string;
  authority: string | null;
  kind: RestrictedTable;
}

/** Whom a record is to be open to, with what has to be known of them. */
export async function aboutRestriction(tx: Tx, { recordId, authority, kind, names, why, reason }: Of & RestrictBody, { words: said, now, by }: Making): Promise<Restrict> {
  const active = await activeStaff(tx, names, authority);
  return { at: now, by, names, why, reason: said.keep(reason), unknown: names.filter((name) => name !== by && !active.has(name)), namedHere: await namedHere(tx, recordId, kind.managers) };
}

export const aboutLifting = async (tx: Tx, { recordId, kind, reason }: Omit<Of, 'authority'> & { reason: string }, { words: said, now, by }: Making): Promise<LiftRestriction> =>
  ({ type: 'LiftRestriction', at: now, by, reason: said.keep(reason), namedHere: await namedHere(tx, recordId, kind.managers) });

/** Whom a record is to be kept from, with what has to be known of them. */
export async function aboutKeeping(tx: Tx, { recordId, authority, kind, staff, why, reason }: Of & KeepFromBody, { words: said, now, by }: Making): Promise<Keep> {
  const active = await activeStaff(tx, staff, authority);
  const unknown = staff.filter((id) => id !== by && !active.has(id));
  return { at: now, by, staff, why, reason: said.keep(reason), unknown, namedHere: await namedHere(tx, recordId, kind.goOn), managers: await workingAs(tx, authority, kind.managers) };
}

export const aboutKeepingNoMore = async (tx: Tx, { recordId, kind, staff, reason }: Omit<Of, 'authority'> & KeepNoMoreBody, { words: said, now, by }: Making): Promise<KeepNoMore> =>
  ({ type: 'KeepNoMore', at: now, by, staff, reason: said.keep(reason), namedHere: await namedHere(tx, recordId, kind.managers) });
