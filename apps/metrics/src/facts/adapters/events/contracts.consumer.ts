import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type AnyContract, contracts } from '#libs/contracts';
import { MessageContext } from '#libs/messaging';
import { type KeptEvent, takeEvents } from '../persistence/fact-store.js';

/** Of whom and what the directory knows nothing is measured. */
const UNMEASURED = /^safeguarding\.(staff-member|team|organisation|place)\./;

const measured = contracts.map((contract) => contract.shape.type.value).filter((type) => !UNMEASURED.test(type));

/** Takes every contract about cases and people, a whole batch at once; order and repetition make no difference. */
@Controller()
export class ContractsConsumer {
  @EventPattern(measured)
  async take(@Payload() batch: AnyContract[], @Ctx() context: MessageContext): Promise<void> {
    await takeEvents(context.manager, batch.map(keptFrom));
  }
}

/** That there was such an event is kept, and not whom it names: whoever may see a record is nobody's business here. */
const aboutStaff: ReadonlySet<string> = new Set(['concern', 'dols-request'].flatMap((record) => ['restricted', 'glass-broken', 'kept-from'].map((happened) => `safeguarding.${record}.${happened}.v1`)));

type Parts = 'id' | 'source' | 'subject' | 'sequence' | 'type' | 'authority' | 'actor' | 'time' | 'recordedat' | 'data';

/** The parts of an envelope that facts are made of. Of whoever did it only that there was somebody. */
export function keptFrom(contract: Pick<AnyContract, Parts>): KeptEvent {
  return {
    id: contract.id.slice(0, contract.id.indexOf(':')),
    source: contract.source,
    record_id: contract.subject,
    sequence: contract.sequence,
    type: contract.type,
    authority: contract.authority,
    has_actor: contract.actor !== null,
    occurred_at: contract.time,
    recorded_at: contract.recordedat,
    data: aboutStaff.has(contract.type) ? {} : contract.data,
  };
}
