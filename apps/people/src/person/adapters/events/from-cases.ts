import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { ContractOf } from '#libs/contracts';
import { MessageContext } from '#libs/messaging';
import { IdentifyRecords } from '../../application/identify-records.js';
import { LettingGo } from '../../application/let-go.js';
import { MakeKnown } from '../../application/make-known.js';

type Received = ContractOf<'safeguarding.concern.received.v1' | 'safeguarding.dols-request.received.v1'>;
type Disposed = ContractOf<'safeguarding.concern.disposed.v1' | 'safeguarding.dols-request.disposed.v1'>;
type Naming = ContractOf<
  | 'safeguarding.concern.identified.v1'
  | 'safeguarding.concern.imported.v1'
  | 'safeguarding.dols-request.identified.v1'
  | 'safeguarding.dols-request.imported.v1'
>;

/** What the services that hold cases tell: something was received, or is about somebody known here. */
@Controller()
export class FromCases {
  constructor(
    private readonly identifyRecords: IdentifyRecords,
    private readonly makeKnown: MakeKnown,
    private readonly lettingGo: LettingGo,
  ) {}

  @EventPattern(['safeguarding.concern.received.v1', 'safeguarding.dols-request.received.v1'])
  async received(@Payload() batch: Received[], @Ctx() { manager }: MessageContext): Promise<void> {
    await this.identifyRecords.execute(
      manager,
      batch.map(({ id, type, subject, traceparent }) => ({
        recordId: subject,
        recordKind: type === 'safeguarding.concern.received.v1' ? ('concern' as const) : ('dols_request' as const),
        messageId: id,
        traceparent,
      })),
    );
  }

  @EventPattern([
    'safeguarding.concern.identified.v1',
    'safeguarding.concern.imported.v1',
    'safeguarding.dols-request.identified.v1',
    'safeguarding.dols-request.imported.v1',
  ])
  async named(@Payload() batch: Naming[], @Ctx() { manager }: MessageContext): Promise<void> {
    await this.makeKnown.execute(
      manager,
      batch.flatMap(({ id, type, subject, time, authority, traceparent, data }) =>
        authority === null || data.personId === null ? [] : [{ personId: data.personId, authority, at: time, messageId: id, traceparent, importedId: type.endsWith('.imported.v1') ? subject : null }],
      ),
    );
  }

  @EventPattern(['safeguarding.concern.disposed.v1', 'safeguarding.dols-request.disposed.v1'])
  async disposed(@Payload() batch: Disposed[], @Ctx() { manager }: MessageContext): Promise<void> {
    await this.lettingGo.execute(
      manager,
      batch.flatMap(({ id, type, subject, time, authority, traceparent, data }) =>
        authority === null ? [] : [{ personId: data.personId, recordId: subject, recordKind: type === 'safeguarding.concern.disposed.v1' ? ('concern' as const) : ('dols_request' as const), authority, at: time, messageId: id, traceparent }],
      ),
    );
  }
}
