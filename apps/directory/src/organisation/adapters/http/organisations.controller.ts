import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { londonDay } from '#libs/calendar';
import { codes } from '#libs/contracts';
import type { Tx } from '#libs/journal';
import { aboutError, Ask, type Asking, type ErrorStep, errorStep, type Making, Needs, staffMemberIdOf } from '#libs/platform';
import { AmongOthers } from '../../../among-others.js';
import { account, closeBody, id, name, reason, reasonBody } from '../../../given.js';
import { idsOf, page } from '../../../keyset.js';
import { ownAuthority } from '../../../own-authority.js';
import { OrganisationReading } from '../../application/organisation-reading.js';
import type { OrganisationCommand } from '../../domain/organisation.js';
import { OrganisationCommands } from './commands.js';
import { type OrganisationView, partnersOf, viewOf } from './view.js';

const registerBody = z.strictObject({ kind: codes.organisationKind, name });
const correctBody = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal('name'), value: name, reason }),
  z.strictObject({ field: z.literal('kind'), value: codes.organisationKind, reason }),
]);
const question = z.strictObject({ ...page, status: z.enum(['open', 'closed', 'entered-in-error']).optional(), kind: codes.organisationKind.optional() });

/** By the account with which they sign in, or with which a program asks for its tokens. */
const partnerBody = z.strictObject({ account });
type PartnerBody = z.infer<typeof partnerBody>;
/** Or by the id by which they act: of an account that is gone nobody finds the rest. */
const removalBody = z.union([partnerBody, z.strictObject({ partner: z.string().trim().min(1).max(100) })]);
type RemovalBody = z.infer<typeof removalBody>;

/** The partner organisations. */
@ApiTags('organisations')
@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly commands: OrganisationCommands,
    private readonly reading: OrganisationReading,
  ) {}

  @Post()
  @Needs('organisation.register')
  @ApiOperation({ summary: 'Register a partner organisation' })
  register(@Ask() asking: Asking, @Body({ schema: registerBody }) body: z.infer<typeof registerBody>): Promise<OrganisationView> {
    const target = { recordId: v7(), authority: ownAuthority(asking) };
    return this.commands.create(asking, target, ({ words, now, by }) => ({ type: 'RegisterOrganisation', at: now, by, kind: body.kind, name: words.keep(body.name) }), viewOf);
  }

  @Get()
  @Needs('organisation.read')
  @ApiOperation({ summary: 'The partner organisations, a page at a time. The reading is recorded' })
  page(@Ask() asking: Asking, @Query({ schema: question }) { after, limit, status, kind }: z.infer<typeof question>): Promise<object> {
    const where = { 'authority = $': asking.staff.authority ?? '', 'status = $': status, 'kind = $': kind };
    return this.reading.page(asking, (tx) => idsOf(tx, { table: 'organisation', where, after, limit }), viewOf);
  }

  @Get(':id')
  @Needs('organisation.read')
  @ApiOperation({ summary: 'A partner organisation. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.read(asking, recordId, viewOf);
  }

  @Get(':id/story')
  @Needs('organisation.read_story')
  @ApiOperation({ summary: 'What happened to an organisation’s record, in order. The reading is recorded' })
  story(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.story(asking, recordId);
  }

  @Post(':id/correct')
  @Needs('organisation.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put one recorded thing right, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: correctBody }) body: z.infer<typeof correctBody>) {
    return this.change(asking, recordId, ({ words, now, by }) => {
      const correction = body.field === 'name' ? { field: body.field, value: words.keep(body.value) } : { field: body.field, value: body.value };
      return { type: 'CorrectOrganisation', at: now, by, correction, reason: words.keep(body.reason) };
    });
  }

  @Post(':id/close')
  @Needs('organisation.close')
  @HttpCode(200)
  @ApiOperation({ summary: 'An organisation is no more; only when it runs no place any more' })
  close(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: closeBody }) body: z.infer<typeof closeBody>) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => ({
      type: 'CloseOrganisation', at: now, by, closedOn: body.closedOn, today: londonDay(now), reason: words.keep(body.reason), ...(await placesOf(tx, asking, recordId)),
    }));
  }

  @Get(':id/partners')
  @Needs('organisation.correct')
  @ApiOperation({ summary: 'Who signs in for an organisation, people and programs: the ids by which they act, since when, and who said so. The reading is recorded' })
  partners(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.read(asking, recordId, partnersOf);
  }

  @Post(':id/partners')
  @Needs('organisation.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody signs in for an organisation, or a program asks for it: what they raise is its. Nobody does for two' })
  addPartner(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: partnerBody }) { account }: PartnerBody) {
    const partnerId = staffMemberIdOf(account);
    return this.commands.change(asking, recordId, async ({ now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      return { type: 'AddPartner', at: now, by, partnerId, isAnothers: await others.isPartnerOfAnother(partnerId, recordId) };
    }, partnersOf);
  }

  @Post(':id/partners/remove')
  @Needs('organisation.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'They sign in for it no more' })
  removePartner(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: removalBody }) body: RemovalBody) {
    const partnerId = 'account' in body ? staffMemberIdOf(body.account) : body.partner;
    return this.commands.change(asking, recordId, ({ now, by }) => ({ type: 'RemovePartner', at: now, by, partnerId }), partnersOf);
  }

  @Post(':id/entered-in-error/:step')
  @Needs('organisation.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that an organisation should never have been recorded' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: errorStep }) step: ErrorStep,
    @Body({ schema: reasonBody }) body: { reason: string },
  ) {
    return this.change(asking, recordId, async (making, tx) => {
      const command = aboutError(step, body.reason, making);
      return command.type === 'ConfirmEnteredInError' ? { ...command, ...(await placesOf(tx, asking, recordId)) } : command;
    });
  }

  private change(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => OrganisationCommand | Promise<OrganisationCommand>): Promise<OrganisationView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}

async function placesOf(tx: Tx, { staff }: Asking, organisationId: string): Promise<{ places: number }> {
  const others = await AmongOthers.of(tx, staff.authority);
  return { places: await others.placesOf(organisationId) };
}
