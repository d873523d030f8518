import { type Role, roleCodes } from '#libs/access';
import type { Tx } from '#libs/journal';
import type { Database } from './database.js';
import { lastWords, type StaffContract } from './staff-told.js';

/** What a service keeps of the directory. Run by SERVICE_migrate within its schema. */
export const knownStaffTable = (service: string): string => `
create table known_staff (
  id uuid primary key,
  acts_as text,
  registered_sequence int not null,
  roles text[] not null,
  acts_for text,
  roles_sequence int not null,
  status text not null check (status in ('active', 'disabled', 'entered-in-error')),
  status_sequence int not null
);
comment on table known_staff is 'Who works here and as what, as the directory told it: one row an account, and of each part the last word. Nobody is named.';
grant select, insert, update on known_staff to ${service}_app;
grant select on known_staff to ${service}_maintain;
`;

/** Somebody whom the directory knows. */
export interface KnownMember {
  /** The id by which journals and audits name them. */
  actsAs: string;
  authority: string | null;
  roles: Role[];
  isActive: boolean;
  /** It was told who they are, and as what they work or that they do no more: the two come one after the other. */
  isWhole: boolean;
}

/** Keeps the last word on everybody; what came before it and comes late changes nothing. */
export async function takeStaff(tx: Tx, contracts: readonly StaffContract[]): Promise<void> {
  await tx.query(
    `insert into known_staff as known
     select * from jsonb_to_recordset($1::jsonb) as told (id uuid, acts_as text, registered_sequence int, roles text[], acts_for text,
       roles_sequence int, status text, status_sequence int)
     on conflict (id) do update set
       acts_as = case when excluded.registered_sequence > known.registered_sequence then excluded.acts_as else known.acts_as end,
       registered_sequence = greatest(excluded.registered_sequence, known.registered_sequence),
       roles = case when excluded.roles_sequence > known.roles_sequence then excluded.roles else known.roles end,
       acts_for = case when excluded.roles_sequence > known.roles_sequence then excluded.acts_for else known.acts_for end,
       roles_sequence = greatest(excluded.roles_sequence, known.roles_sequence),
       status = case when excluded.status_sequence > known.status_sequence then excluded.status else known.status end,
       status_sequence = greatest(excluded.status_sequence, known.status_sequence)`,
    [JSON.stringify(lastWords(contracts))],
  );
}

/** A service's own copy of the directory. */
export class KnownStaff {
  constructor(private readonly database: Pick<Database, 'query'>) {}

  /** Undefined for an account of which the directory told nothing yet. */
  async find(id: string): Promise<KnownMember | undefined> {
    const [found] = await this.database.query<{ acts_as: string | null; acts_for: string | null; roles: string[]; has_roles: boolean; status: string }[]>(
      `select acts_as, acts_for, roles, roles_sequence > registered_sequence as has_roles, status from known_staff where id = $1`,
      [id],
    );
    if (!found) return undefined;
    const roles = found.roles.filter((role): role is Role => roleCodes.includes(role as Role));
    // Of somebody of whom something else came first, it is not known yet who they are.
    const isActive = found.acts_as !== null && found.status === 'active';
    const isWhole = found.acts_as !== null && (found.has_roles || found.status !== 'active');
    return { actsAs: found.acts_as ?? id, authority: found.acts_for, roles, isActive, isWhole };
  }
}
