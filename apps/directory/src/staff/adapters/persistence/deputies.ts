import { Injectable } from '@nestjs/common';
import type { Day } from '#libs/calendar';
import { Database } from '#libs/platform';

/** Who may act for whom: those who were named for a day, as long as they are not disabled themselves. */
@Injectable()
export class Deputies {
  constructor(private readonly database: Database) {}

  async on(authority: string, day: Day): Promise<object> {
    const items: object[] = await this.database.seeing([authority]).query(
      `select member.id as "staffMemberId", member.acts_as as "actsAs", deputy.id as "deputyId", deputy.acts_as as "deputyActsAs", held."from", held."to"
       from staff_member as member
       cross join jsonb_to_recordset(member.deputies) as held ("deputyId" uuid, "from" date, "to" date)
       join staff_member as deputy on deputy.id = held."deputyId" and deputy.status = 'active'
       where member.authority = $1 and member.status = 'active' and $2::date between held."from" and held."to" order by member.id`,
      [authority, day],
    );
    return { on: day, items };
  }
}
