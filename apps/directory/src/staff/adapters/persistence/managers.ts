import type { Tx } from '#libs/journal';

/** The managers who are in one of these teams, by the ids with which they act. */
export async function managersOf(tx: Tx, authority: string | null, teams: string[]): Promise<string[]> {
  if (teams.length === 0) return [];
  const rows: { id: string }[] = await tx.query(
    `select acts_as as id from staff_member where authority = $1 and status = 'active' and 'manager' = any(roles) and teams && $2::uuid[]`,
    [authority, teams],
  );
  return rows.map(({ id }) => id);
}
