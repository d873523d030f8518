import type { ContractType, DataOf } from '#libs/contracts';
import { assertNever } from '#libs/decider';
import type { DomainEvent, Published } from '#libs/journal';
import type { Correction, EnquiryConcluded, EnquiryEvent } from '../../domain/enquiry.js';

const contract = <Type extends ContractType>(type: Type, data: DataOf<Type>): Published[] => [{ type, data }];

/** What other services learn of an enquiry's events. */
export const publish = (event: DomainEvent): Published[] => published(event as EnquiryEvent);

function published(event: EnquiryEvent): Published[] {
  switch (event.type) {
    case 'EnquiryOpened':
      return opened({ ...event, openedAt: event.at, conductedBy: null });
    case 'EnquiryOpeningRevised':
      return opened(event);
    // What an old record found before its enquiry was concluded stays private: findings are measured with a conclusion.
    case 'EnquiryImported':
      return opened({ ...event, openedAt: event.at, legacy: true });
    case 'EnquiryAllocated':
      return contract('safeguarding.enquiry.allocated.v1', { allocatedAt: event.at, again: false });
    case 'EnquiryReallocated':
      return contract('safeguarding.enquiry.allocated.v1', { allocatedAt: event.at, again: true });
    case 'EnquiryCaused':
      return contract('safeguarding.enquiry.caused.v1', { conductedBy: event.agency, dueOn: event.dueOn });
    case 'EnquiryConcluded':
      return concluded(event);
    case 'EnquiryReopened':
      return contract('safeguarding.enquiry.reopened.v1', { reopenedAt: event.at });
    case 'EnquiryCorrected':
      return contract('safeguarding.enquiry.corrected.v1', corrected(event.correction));
    case 'EnquiryEnteredInError':
      return contract('safeguarding.enquiry.entered-in-error.v1', {});
    case 'ProgressChecked':
    case 'EnquiryPlanned':
    case 'WhetherToGoOnAsked':
    case 'WhetherToGoOnAnswered':
    case 'ProtectionPlanSet':
    case 'ProtectionPlanReviewed':
    case 'EnteredInErrorProposed':
    case 'EnteredInErrorDeclined':
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
    case 'EnquiryDisposed':
      return [];
    default:
      return assertNever(event);
  }
}

const yesNo = (answer: boolean | null): 'yes' | 'no' | null => (answer === null ? null : answer ? 'yes' : 'no');

const opened = ({ concernId, kind, openedAt, legacy, conductedBy }: DataOf<'safeguarding.enquiry.opened.v1'>): Published[] =>
  contract('safeguarding.enquiry.opened.v1', { concernId, kind, openedAt, legacy, conductedBy });

const concluded = (event: EnquiryConcluded): Published[] =>
  contract('safeguarding.enquiry.concluded.v1', {
    concludedAt: event.at,
    legacy: event.legacy,
    outcomesAsked: event.outcomesAsked,
    outcomesAchieved: event.outcomesAchieved,
    mentalCapacity: event.mentalCapacity,
    advocate: yesNo(event.advocate),
    riskOutcome: event.riskOutcome,
  });

function corrected({ field, value }: Correction): DataOf<'safeguarding.enquiry.corrected.v1'> {
  if (field === 'advocate') return { advocate: yesNo(value) };
  if (field === 'outcomes') return { outcomesAsked: value.asked, outcomesAchieved: value.achieved };
  return { [field]: value };
}
