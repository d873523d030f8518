import type { Tx } from '#libs/journal';

/**
 * What a rule has to know of the other records of an authority. Whoever asks holds up everybody else who does, until the
 * end of their transaction: so what was found is still so when it is acted on.
 */
export class AmongOthers {
  private constructor(
    private readonly tx: Tx,
    private readonly authority: string | null,
  ) {}

  static async of(tx: Tx, authority: string | null): Promise<AmongOthers> {
    await tx.query(`select pg_advisory_xact_lock(hashtext($1))`, [`directory of ${authority}`]);
    return new AmongOthers(tx, authority);
  }

  async isLastAdministrator(staffMemberId: string): Promise<boolean> {
    return (await this.count(`staff_member where authority = $1 and status = 'active' and 'administrator' = any(roles) and id <> $2`, staffMemberId)) === 0;
  }

  async isStaffMemberActive(staffMemberId: string): Promise<boolean> {
    return (await this.count(`staff_member where authority = $1 and status = 'active' and id = $2`, staffMemberId)) > 0;
  }

  async isTeamOpen(teamId: string): Promise<boolean> {
    return (await this.count(`team where authority = $1 and status = 'open' and id = $2`, teamId)) > 0;
  }

  async isTeamCodeTaken(code: string): Promise<boolean> {
    return (await this.count(`team where authority = $1 and status <> 'entered-in-error' and code = $2`, code)) > 0;
  }

  membersOf(teamId: string): Promise<number> {
    return this.count(`staff_member where authority = $1 and teams @> array[$2::uuid]`, teamId);
  }

  /** True where none is named. */
  async isOrganisationOpen(organisationId: string | null): Promise<boolean> {
    return organisationId === null || (await this.count(`organisation where authority = $1 and status = 'open' and id = $2`, organisationId)) > 0;
  }

  placesOf(organisationId: string): Promise<number> {
    return this.count(`place where authority = $1 and status = 'open' and organisation_id = $2`, organisationId);
  }

  async isPartnerOfAnother(partnerId: string, organisationId: string): Promise<boolean> {
    return (await this.count(`organisation where authority = $1 and status = 'open' and partners @> array[$2] and id <> $3`, partnerId, organisationId)) > 0;
  }

  /** False where the place has no location id. */
  async isLocationTaken(cqcLocationId: string | null, butFor: string): Promise<boolean> {
    return cqcLocationId !== null && (await this.count(`place where authority = $1 and status = 'open' and cqc_location_id = $2 and id <> $3`, cqcLocationId, butFor)) > 0;
  }

  private async count(found: string, ...values: string[]): Promise<number> {
    const [row]: { count: number }[] = await this.tx.query(`select count(*) as count from ${found}`, [this.authority, ...values]);
    return row!.count;
  }
}
