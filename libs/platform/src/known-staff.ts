import { type Role, roleCodes } from '#libs/access';
import { Groups, oftenAsked, oneOf, type Tx } from '#libs/journal';
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

/** What came later: since when nobody is signed in as them. Run by SERVICE_migrate within its schema. */
export const sessionsEndedColumn = `
alter table known_staff add column sessions_ended_at timestamptz;
comment on column known_staff.sessions_ended_at is 'Whoever signed in as them before has to do so again.';
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
  /** Whoever signed in as them before has to do so again; in milliseconds. */
  sessionsEndedAt: number | null;
}

/** Keeps the last word on everybody; what came before it and comes late changes nothing. */
export async function takeStaff(tx: Tx, contracts: readonly StaffContract[]): Promise<void> {
  await tx.query(
    `insert into known_staff as known
     select * from jsonb_to_recordset($1::jsonb) as told (id uuid, acts_as text, registered_sequence int, roles text[], acts_for text,
       roles_sequence int, status text, status_sequence int, sessions_ended_at timestamptz)
     on conflict (id) do update set
       acts_as = case when excluded.registered_sequence > known.registered_sequence then excluded.acts_as else known.acts_as end,
       registered_sequence = greatest(excluded.registered_sequence, known.registered_sequence),
       roles = case when excluded.roles_sequence > known.roles_sequence then excluded.roles else known.roles end,
       acts_for = case when excluded.roles_sequence > known.roles_sequence then excluded.acts_for else known.acts_for end,
       roles_sequence = greatest(excluded.roles_sequence, known.roles_sequence),
       status = case when excluded.status_sequence > known.status_sequence then excluded.status else known.status end,
       status_sequence = greatest(excluded.status_sequence, known.status_sequence),
       sessions_ended_at = greatest(excluded.sessions_ended_at, known.sessions_ended_at)`,
    [JSON.stringify(lastWords(contracts))],
  );
}

interface Row {
  id: string;
  acts_as: string | null;
  acts_for: string | null;
  roles: string[];
  has_roles: boolean;
  status: string;
  sessions_ended_ms: number | null;
}

const finding = oftenAsked(
  `select id, acts_as, acts_for, roles, roles_sequence > registered_sequence as has_roles, status,
     (extract(epoch from sessions_ended_at) * 1000)::float8 as sessions_ended_ms from known_staff where id = ${oneOf('$1', 'uuid')}`,
);

/** A service's own copy of the directory. */
export class KnownStaff {
  /** Every request asks who it is from: those that come at the same time ask together. None is told what was read before it asked. */
  private readonly asking = new Groups<string, KnownMember | undefined>({ work: (ids) => this.findEach(ids), size: 1_000, atOnce: 1 });

  constructor(private readonly database: Pick<Database, 'query'>) {}

  /** Undefined for an account of which the directory told nothing yet. */
  find(id: string): Promise<KnownMember | undefined> {
    return this.asking.do(id);
  }

  private async findEach(ids: string[]): Promise<PromiseSettledResult<KnownMember | undefined>[]> {
    const rows = await this.database.query<Row[]>(finding, [[...new Set(ids)]]);
    const found = new Map(rows.map((row) => [row.id, memberOf(row)]));
    return ids.map((id) => ({ status: 'fulfilled', value: found.get(id) }));
  }
}

function memberOf({ id, acts_as, acts_for, roles, has_roles, status, sessions_ended_ms }: Row): KnownMember {
  // Of somebody of whom something else came first, it is not known yet who they are.
  const isActive = acts_as !== null && status === 'active';
  const isWhole = acts_as !== null && (has_roles || status !== 'active');
  return { actsAs: acts_as ?? id, authority: acts_for, roles: roles.filter((role): role is Role => roleCodes.includes(role as Role)), isActive, isWhole, sessionsEndedAt: sessions_ended_ms };
}

/** Those of these ids by which somebody acts who works for this authority now. */
export async function activeStaff(tx: Tx, ids: readonly string[], authority: string | null): Promise<ReadonlySet<string>> {
  const rows: { id: string }[] = await tx.query(`select acts_as as id from known_staff where acts_as = any($1) and acts_for = $2 and status = 'active'`, [ids, authority]);
  return new Set(rows.map(({ id }) => id));
}
