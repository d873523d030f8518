import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { ContractOf } from '#libs/contracts';
import { lockImport } from '#libs/extract';
import type { Request, Tx } from '#libs/journal';
import { MessageContext, NotYet } from '#libs/messaging';
import { Clock } from '#libs/platform';
import { Enquiries, enquiryIdOf, enquiryReferenceOf } from '../../application/enquiries.js';
import type { EnquiryKind } from '../../domain/codes.js';
import type { EnquiryCommand } from '../../domain/enquiry.js';

type Triaged = ContractOf<'safeguarding.concern.triaged.v1'>;
type Imported = ContractOf<'safeguarding.concern.imported.v1'>;
type Reopened = ContractOf<'safeguarding.concern.reopened.v1'>;

type EnteredInError = ContractOf<'safeguarding.concern.entered-in-error.v1'>;

type Message = Triaged | Imported | Reopened | EnteredInError;

interface Told extends Request<EnquiryCommand> {
  messageId: string;
  /** Its concern came to an enquiry before: the decision that opened it has to be known first. */
  needsEnquiry: boolean;
}

/** The outcomes of a decision that come to an enquiry. */
const kinds: Partial<Record<Triaged['data']['outcome'], EnquiryKind>> = { s42_enquiry: 's42', other_enquiry: 'other' };

/** What `triage` tells: decisions that call for an enquiry, and concerns that were opened again or should never have been recorded. */
@Controller()
export class FromTriage {
  constructor(
    private readonly enquiries: Enquiries,
    private readonly clock: Clock,
  ) {}

  @EventPattern([
    'safeguarding.concern.triaged.v1',
    'safeguarding.concern.imported.v1',
    'safeguarding.concern.reopened.v1',
    'safeguarding.concern.entered-in-error.v1',
  ])
  async decided(@Payload() batch: Message[], @Ctx() { manager }: MessageContext): Promise<void> {
    const recordedAt = this.clock.now();
    const requests = batch.flatMap((message) => requestOf(message, recordedAt) ?? []);
    if (requests.length === 0) return;
    // Whoever writes enquiries first makes the other fail; an import is not tried again message by message, so it goes alone.
    await lockImport(manager, 'beside');
    const rounds = [...Map.groupBy(requests, ({ recordId }) => recordId).values()];
    for (let round = 0; rounds.some((all) => all.length > round); round += 1) {
      await this.takeRound(manager, rounds.flatMap((all) => all[round] ?? []));
    }
  }

  /** One command a record. */
  private async takeRound(tx: Tx, requests: Told[]): Promise<void> {
    await this.needsPredecessors(tx, requests);
    await this.enquiries.handleAll(tx, requests);
  }

  /** Names whatever came before the decision that opened its enquiry. */
  private async needsPredecessors(tx: Tx, requests: Told[]): Promise<void> {
    const asking = requests.filter(({ needsEnquiry }) => needsEnquiry);
    if (asking.length === 0) return;
    const known = new Set((await this.enquiries.standings(tx, asking.map(({ recordId }) => recordId))).map(({ recordId }) => recordId));
    const messageIds = asking.filter(({ recordId }) => !known.has(recordId)).map(({ messageId }) => messageId);
    if (messageIds.length > 0) throw new NotYet('the decision that opened this enquiry has not come', { messageIds });
  }
}

function requestOf(message: Message, recordedAt: string): Told | undefined {
  const command = commandOf(message);
  const { id, subject, authority, actor, traceparent } = message;
  if (!command) return undefined;
  return { messageId: id, recordId: enquiryIdOf(subject), command, needsEnquiry: needsEnquiry(message), context: { authority, actor, recordedAt, causationId: id, traceparent } };
}

/** An older version does not say; and an other enquiry that an old system had decided on is not opened here, so its decision may never come. */
function needsEnquiry(message: Message): boolean {
  if (message.type === 'safeguarding.concern.reopened.v1') return message.data.hasEnquiry ?? message.data.previousOutcome === 's42_enquiry';
  return message.type === 'safeguarding.concern.entered-in-error.v1' && (message.data.hasEnquiry ?? false);
}

function commandOf(message: Message): EnquiryCommand | undefined {
  if (message.type === 'safeguarding.concern.reopened.v1') {
    return kinds[message.data.previousOutcome] && { type: 'AskWhetherToGoOn', at: message.data.reopenedAt };
  }
  if (message.type === 'safeguarding.concern.entered-in-error.v1') return { type: 'AskWhetherToGoOn', at: message.time };
  const legacy = message.type === 'safeguarding.concern.imported.v1';
  // The first of its decisions is the one that a concern is imported with.
  const decided = legacy ? message.data.decision && { ...message.data.decision, decision: 1 } : message.data;
  const kind = decided && kinds[decided.outcome];
  // An import decides nothing; only a section 42 decision has an enquiry without a row of its own.
  if (!decided || !kind || (legacy && kind !== 's42')) return undefined;
  const { subject: concernId } = message;
  return { type: 'OpenEnquiry', at: decided.decidedAt, concernId, kind, decision: decided.decision, reference: enquiryReferenceOf(concernId), legacy };
}
