import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Narrative } from '#libs/journal';
import { Database, Internal } from '#libs/platform';
import { Organisations } from '../../application/organisations.js';

const asked = z.strictObject({ partner: z.string().min(1).max(100), authority: codes.authority });

/** As whom a partner speaks, for whoever takes what they say. */
@ApiTags('internal')
@Internal('partners_organisation.ask')
@Controller('internal/partners')
export class PartnersController {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly narrative: Narrative,
  ) {}

  @Post('organisation')
  @HttpCode(200)
  @ApiOperation({ summary: 'For which organisation of a council a partner signs in, with what it is called; null: for none that is registered' })
  organisation(@Body({ schema: asked }) { partner, authority }: z.infer<typeof asked>): Promise<object> {
    return this.database.transaction([authority], async (tx) => {
      const [row]: { id: string }[] = await tx.query(`select id from organisation where authority = $1 and status = 'open' and partners @> array[$2]`, [authority, partner]);
      if (!row) return { organisation: null };
      const { state } = await this.organisations.get(tx, row.id, authority);
      if (state.status === 'absent') return { organisation: null };
      const { kind, name } = state.organisation;
      return { organisation: { id: row.id, kind, name: (await this.narrative.read(tx, [name.textId])).get(name.textId) ?? null } };
    });
  }
}
