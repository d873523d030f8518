import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { v5 } from 'uuid';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Narrative, type Tx, Words } from '#libs/journal';
import { Ask, type Asking, Database, Internal, type Making, Needs } from '#libs/platform';
import { AmongOthers } from '../../../among-others.js';
import { id, reason, reasonBody } from '../../../given.js';
import { idsOf, page } from '../../../keyset.js';
import { Organisations } from '../../../organisation/application/organisations.js';
import type { OrganisationKind } from '../../../organisation/domain/codes.js';
import { MentionReading } from '../../application/mention-reading.js';
import { Mentions } from '../../application/mentions.js';
import { EXTRACT_FILES, type MentionCommand } from '../../domain/mention.js';
import { FoundMentions } from '../extract/found-mentions.js';
import { MentionCommands } from './commands.js';
import { type MentionView, viewOf } from './view.js';

const question = z.strictObject({ ...page, status: z.enum(['waiting', 'matched', 'dismissed']).default('waiting'), file: z.enum(EXTRACT_FILES).optional() });
const matchBody = z.strictObject({ organisationId: z.uuid(), reason });
const newBody = z.strictObject({ kind: codes.organisationKind, reason });

const namespace = 'b0d1c6de-2c43-5e8f-8f4d-7b7f6f3a51c2';

/** The organisations that an extract names, until a person has said which they are. */
@ApiTags('mentions')
@Controller()
export class MentionsController {
  constructor(
    private readonly commands: MentionCommands,
    private readonly reading: MentionReading,
    private readonly found: FoundMentions,
    private readonly mentions: Mentions,
    private readonly organisations: Organisations,
    private readonly narrative: Narrative,
    private readonly database: Database,
  ) {}

  @Post('internal/mentions/gather')
  @Internal('mentions.gather')
  @HttpCode(200)
  @ApiOperation({ summary: 'Fetch which organisations the extract names from the services that took it; done at the end of every import' })
  gather(): Promise<object> {
    return this.found.gather();
  }

  @Get('mentions')
  @Needs('mention.read')
  @ApiOperation({ summary: 'The names that wait to be matched, a page at a time. The reading is recorded' })
  page(@Ask() asking: Asking, @Query({ schema: question }) { after, limit, status, file }: z.infer<typeof question>): Promise<object> {
    const where = { 'authority = $': asking.staff.authority ?? '', 'status = $': status, 'file = $': file };
    return this.reading.page(asking, (tx) => idsOf(tx, { table: 'mention', where, after, limit }), viewOf);
  }

  @Get('mentions/:id')
  @Needs('mention.read')
  @ApiOperation({ summary: 'A name that an extract gives an organisation. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.read(asking, recordId, viewOf);
  }

  @Post('mentions/:id/match')
  @Needs('mention.match')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say which organisation is meant; to say otherwise afterwards needs a reason' })
  match(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: matchBody }) { organisationId, ...body }: z.infer<typeof matchBody>) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      return { type: 'MatchMention', at: now, by, organisationId, isOrganisationOpen: await others.isOrganisationOpen(organisationId), reason: words.keep(body.reason) };
    });
  }

  @Post('mentions/:id/new')
  @Needs('mention.match')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that an organisation is meant that is not known yet, and register it under this name' })
  make(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: newBody }) { kind, ...body }: z.infer<typeof newBody>) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      const organisationId = await this.register(tx, asking, { mentionId: recordId, kind, now });
      return { type: 'MatchMention', at: now, by, organisationId, isOrganisationOpen: await others.isOrganisationOpen(organisationId), reason: words.keep(body.reason) };
    });
  }

  @Post('mentions/:id/dismiss')
  @Needs('mention.dismiss')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that no organisation is to be known by this name, with a reason' })
  dismiss(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) body: { reason: string }) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'DismissMention', at: now, by, reason: words.keep(body.reason) }));
  }

  private change(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => MentionCommand | Promise<MentionCommand>): Promise<MentionView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }

  /** In the transaction that matches it: both or neither. */
  private async register(tx: Tx, { staff, traceparent }: Asking, { mentionId, kind, now }: { mentionId: string; kind: OrganisationKind; now: string }): Promise<string> {
    const { state } = await this.mentions.get(tx, mentionId, staff.authority ?? '');
    const textId = state.status === 'absent' ? '' : state.mention.name.textId;
    const words = new Words(this.database.vault);
    const name = words.keep((await this.narrative.read(tx, [textId])).get(textId));
    const recordId = v5(mentionId, namespace);
    const context = { authority: staff.authority, actor: staff.id, recordedAt: now, traceparent };
    await this.organisations.handle(tx, { recordId, context, words, command: { type: 'RegisterOrganisation', at: now, by: staff.id, kind, name } });
    return recordId;
  }
}
