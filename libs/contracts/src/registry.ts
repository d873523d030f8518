import { concernImportedV1 } from './concern/imported.v1.js';
import { concernReceivedV1 } from './concern/received.v1.js';
import { concernIdentifiedV1 } from './concern/identified.v1.js';
import { concernTriagedV1 } from './concern/triaged.v1.js';
import { concernRoutedV1 } from './concern/routed.v1.js';
import { concernReopenedV1 } from './concern/reopened.v1.js';
import { concernWishesRecordedV1 } from './concern/wishes-recorded.v1.js';
import { concernFeedbackRecordedV1 } from './concern/feedback-recorded.v1.js';
import { concernCorrectedV1 } from './concern/corrected.v1.js';
import { concernEnteredInErrorV1 } from './concern/entered-in-error.v1.js';
import { concernDisposedV1 } from './concern/disposed.v1.js';
import { concernRestrictedV1 } from './concern/restricted.v1.js';
import { concernGlassBrokenV1 } from './concern/glass-broken.v1.js';
import { concernKeptFromV1 } from './concern/kept-from.v1.js';
import { enquiryOpenedV1 } from './enquiry/opened.v1.js';
import { enquiryAllocatedV1 } from './enquiry/allocated.v1.js';
import { enquiryCausedV1 } from './enquiry/caused.v1.js';
import { enquiryConcludedV1 } from './enquiry/concluded.v1.js';
import { enquiryReopenedV1 } from './enquiry/reopened.v1.js';
import { enquiryCorrectedV1 } from './enquiry/corrected.v1.js';
import { enquiryEnteredInErrorV1 } from './enquiry/entered-in-error.v1.js';
import { dolsRequestReceivedV1 } from './dols-request/received.v1.js';
import { dolsRequestIdentifiedV1 } from './dols-request/identified.v1.js';
import { dolsRequestScreenedV1 } from './dols-request/screened.v1.js';
import { dolsRequestPrioritisedV1 } from './dols-request/prioritised.v1.js';
import { dolsRequestAllocatedV1 } from './dols-request/allocated.v1.js';
import { dolsRequestDecidedV1 } from './dols-request/decided.v1.js';
import { dolsRequestEndedV1 } from './dols-request/ended.v1.js';
import { dolsRequestCorrectedV1 } from './dols-request/corrected.v1.js';
import { dolsRequestImportedV1 } from './dols-request/imported.v1.js';
import { dolsRequestRestrictedV1 } from './dols-request/restricted.v1.js';
import { dolsRequestGlassBrokenV1 } from './dols-request/glass-broken.v1.js';
import { dolsRequestKeptFromV1 } from './dols-request/kept-from.v1.js';
import { dolsRequestEnteredInErrorV1 } from './dols-request/entered-in-error.v1.js';
import { dolsRequestDisposedV1 } from './dols-request/disposed.v1.js';
import { personRegisteredV1 } from './person/registered.v1.js';
import { personCharacteristicsCorrectedV1 } from './person/characteristics-corrected.v1.js';
import { personIdentifiedV1 } from './person/identified.v1.js';
import { personJoinedV1 } from './person/joined.v1.js';
import { personSeparatedV1 } from './person/separated.v1.js';
import { personDisposedV1 } from './person/disposed.v1.js';
import { staffMemberRegisteredV1 } from './staff-member/registered.v1.js';
import { staffMemberRolesChangedV1 } from './staff-member/roles-changed.v1.js';
import { staffMemberTeamsChangedV1 } from './staff-member/teams-changed.v1.js';
import { staffMemberLeaveChangedV1 } from './staff-member/leave-changed.v1.js';
import { staffMemberDeputiesChangedV1 } from './staff-member/deputies-changed.v1.js';
import { staffMemberDisabledV1 } from './staff-member/disabled.v1.js';
import { staffMemberEnabledV1 } from './staff-member/enabled.v1.js';
import { staffMemberSessionsEndedV1 } from './staff-member/sessions-ended.v1.js';
import { staffMemberEnteredInErrorV1 } from './staff-member/entered-in-error.v1.js';
import { teamFormedV1 } from './team/formed.v1.js';
import { teamClosedV1 } from './team/closed.v1.js';
import { teamEnteredInErrorV1 } from './team/entered-in-error.v1.js';
import { organisationRegisteredV1 } from './organisation/registered.v1.js';
import { organisationCorrectedV1 } from './organisation/corrected.v1.js';
import { organisationClosedV1 } from './organisation/closed.v1.js';
import { organisationEnteredInErrorV1 } from './organisation/entered-in-error.v1.js';
import { placeRegisteredV1 } from './place/registered.v1.js';
import { placeCorrectedV1 } from './place/corrected.v1.js';
import { placeTakenOverV1 } from './place/taken-over.v1.js';
import { placeClosedV1 } from './place/closed.v1.js';
import { placeEnteredInErrorV1 } from './place/entered-in-error.v1.js';

/** Every contract there is, each under its type. */
export const contracts = [
  concernReceivedV1,
  concernImportedV1,
  concernIdentifiedV1,
  concernTriagedV1,
  concernRoutedV1,
  concernReopenedV1,
  concernWishesRecordedV1,
  concernFeedbackRecordedV1,
  concernCorrectedV1,
  concernEnteredInErrorV1,
  concernDisposedV1,
  concernRestrictedV1,
  concernGlassBrokenV1,
  concernKeptFromV1,
  enquiryOpenedV1,
  enquiryAllocatedV1,
  enquiryCausedV1,
  enquiryConcludedV1,
  enquiryReopenedV1,
  enquiryCorrectedV1,
  enquiryEnteredInErrorV1,
  dolsRequestReceivedV1,
  dolsRequestIdentifiedV1,
  dolsRequestScreenedV1,
  dolsRequestPrioritisedV1,
  dolsRequestAllocatedV1,
  dolsRequestDecidedV1,
  dolsRequestEndedV1,
  dolsRequestCorrectedV1,
  dolsRequestEnteredInErrorV1,
  dolsRequestDisposedV1,
  dolsRequestImportedV1,
  dolsRequestRestrictedV1,
  dolsRequestGlassBrokenV1,
  dolsRequestKeptFromV1,
  personRegisteredV1,
  personCharacteristicsCorrectedV1,
  personIdentifiedV1,
  personJoinedV1,
  personSeparatedV1,
  personDisposedV1,
  staffMemberRegisteredV1,
  staffMemberRolesChangedV1,
  staffMemberTeamsChangedV1,
  staffMemberLeaveChangedV1,
  staffMemberDeputiesChangedV1,
  staffMemberDisabledV1,
  staffMemberEnabledV1,
  staffMemberSessionsEndedV1,
  staffMemberEnteredInErrorV1,
  teamFormedV1,
  teamClosedV1,
  teamEnteredInErrorV1,
  organisationRegisteredV1,
  organisationCorrectedV1,
  organisationClosedV1,
  organisationEnteredInErrorV1,
  placeRegisteredV1,
  placeCorrectedV1,
  placeTakenOverV1,
  placeClosedV1,
  placeEnteredInErrorV1,
] as const;

export type Contract = { [K in keyof typeof contracts]: (typeof contracts)[K] extends { _output: infer T } ? T : never }[number];
export type ContractType = Contract['type'];
export type ContractOf<Type extends ContractType> = Extract<Contract, { type: Type }>;
export type DataOf<Type extends ContractType> = ContractOf<Type>['data'];

const byType = new Map<string, (typeof contracts)[number]>(contracts.map((one) => [one.shape.type.value, one]));

/** The schema of a contract, or undefined where the type or its version is not known here. */
export const findContract = (type: string) => byType.get(type);

/** Reads a message that claims to be a contract. Throws a zod error, or an `Error` for a type that is not known. */
export function parseContract(message: { type?: unknown }): Contract {
  const schema = findContract(String(message.type));
  if (!schema) throw new Error(`no contract of the type ${String(message.type).slice(0, 80)} is known`);
  return schema.parse(message) as Contract;
}
