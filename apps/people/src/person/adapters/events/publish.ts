import type { ContractType, DataOf } from '#libs/contracts';
import { assertNever } from '#libs/decider';
import type { DomainEvent, Published } from '#libs/journal';
import type { PersonEvent } from '../../domain/events.js';

const contract = <Type extends ContractType>(type: Type, data: DataOf<Type>): Published[] => [{ type, data }];

/** What other services learn of a person's events. */
export const publish = (event: DomainEvent): Published[] => published(event as PersonEvent);

function published(event: PersonEvent): Published[] {
  switch (event.type) {
    case 'PersonRegistered':
    case 'PersonImported': {
      const { gender, ethnicity, primarySupportReason, localArea } = event;
      return contract('safeguarding.person.registered.v1', { gender, ethnicity, primarySupportReason, localArea });
    }
    case 'PersonIdentified': {
      const { recordId, recordKind, ageBand, under18 } = event;
      return contract('safeguarding.person.identified.v1', { recordId, recordKind, ageBand, under18 });
    }
    case 'CharacteristicsCorrected':
      return contract('safeguarding.person.characteristics-corrected.v1', event.changes);
    case 'PersonJoined':
      return contract('safeguarding.person.joined.v1', { into: event.into });
    case 'PersonsSeparated':
      return contract('safeguarding.person.separated.v1', {});
    case 'PersonDisposed':
      return contract('safeguarding.person.disposed.v1', {});
    case 'BecameKnownTo':
    case 'IdentityCorrected':
    case 'KeptApart':
    case 'KeepingApartUndone':
    case 'RecordLetGo':
    case 'FoundUnneeded':
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
    case 'EnteredInErrorProposed':
    case 'EnteredInErrorDeclined':
    case 'EnteredInErrorConfirmed':
      return [];
    default:
      return assertNever(event);
  }
}
