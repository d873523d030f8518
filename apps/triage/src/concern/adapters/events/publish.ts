import type { ContractType, DataOf } from '#libs/contracts';
import { assertNever } from '#libs/decider';
import type { DomainEvent, Published } from '#libs/journal';
import type { ConcernEvent, ConcernImported, ConcernTriaged, LegacyDecision, MoreAnswered, Particulars } from '../../domain/concern.js';
import { kindsIn } from '../../domain/particulars.js';
import { type OpennessEvent, tellsOpenness } from '../../domain/restrict.js';
import { type RouteEvent, tellsRoutes } from '../../domain/routing.js';
import type { WishesAnswer } from '../../domain/wishes.js';

const contract = <Type extends ContractType>(type: Type, data: DataOf<Type>): Published[] => [{ type, data }];

type ConcernCorrected = Extract<ConcernEvent, { type: 'ConcernCorrected' }>;

/** What other services learn of a concern's events. */
export const publish = (event: DomainEvent): Published[] => published(event as ConcernEvent);

function published(event: ConcernEvent): Published[] {
  if (tellsOpenness(event)) return openness(event);
  if (tellsRoutes(event)) return routed(event);
  switch (event.type) {
    case 'ConcernReceived':
      return contract('safeguarding.concern.received.v1', { receivedAt: event.at, ...codesOf(event) });
    case 'ConcernImported':
      return imported(event);
    case 'PersonIdentified':
    case 'WishesRecorded':
      return ofPerson(event);
    case 'ConcernTriaged':
      return triaged(event);
    case 'ConcernReopened':
      return contract('safeguarding.concern.reopened.v1', { reopenedAt: event.at, previousOutcome: event.previousOutcome, ...enquiryOf(event) });
    case 'ReferrerTold':
    case 'ReferrerNotTold':
      return contract('safeguarding.concern.feedback-recorded.v1', { told: event.type === 'ReferrerTold', at: event.at });
    case 'ConcernCorrected':
    case 'MoreAnswered':
      return putRight(event);
    case 'ConcernEnteredInError':
      return contract('safeguarding.concern.entered-in-error.v1', enquiryOf(event));
    case 'MessageToReferrerWritten':
    case 'MessageToReferrerNotSent':
    case 'NoticeNotSent':
    case 'FileAdded':
    case 'FileJudged':
    case 'ConcernAssigned':
    case 'PlaceNamed':
    case 'ReferrerJudged':
    case 'DangerSeenTo':
    case 'LimbsConsidered':
    case 'SecondLookDrawn':
    case 'SecondLookGiven':
    case 'MoreAskedFor':
    case 'EnteredInErrorProposed':
    case 'EnteredInErrorDeclined':
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
      return [];
    case 'ConcernDisposed':
      return event.personId === undefined ? [] : contract('safeguarding.concern.disposed.v1', { personId: event.personId });
    default:
      return assertNever(event);
  }
}

/** Who it is about, and what they want. */
const ofPerson = (event: Extract<ConcernEvent, { type: 'PersonIdentified' | 'WishesRecorded' }>): Published[] =>
  event.type === 'PersonIdentified'
    ? contract('safeguarding.concern.identified.v1', { personId: event.personId, ageBand: event.ageBand })
    : contract('safeguarding.concern.wishes-recorded.v1', wanted(event.wishes.answer));

/** That nobody could ask stands beside the answer that older readers know. */
const wanted = (answer: WishesAnswer): DataOf<'safeguarding.concern.wishes-recorded.v1'> =>
  answer === 'could_not_ask' ? { outcomesAsked: 'not_asked', couldNotAsk: true } : { outcomesAsked: answer };

/** To whom it is open. */
function openness(event: OpennessEvent): Published[] {
  if (event.type === 'ConcernKeptFrom' || event.type === 'KeptNoMore') return contract('safeguarding.concern.kept-from.v1', { staff: event.staff, kept: event.type === 'ConcernKeptFrom' });
  if (event.type === 'GlassBroken') return contract('safeguarding.concern.glass-broken.v1', { by: event.by, until: event.until });
  return contract('safeguarding.concern.restricted.v1', { openTo: event.type === 'ConcernRestricted' ? event.names : [] });
}

/** Where it is sent; what is heard from there concerns nobody else. */
const routed = (event: RouteEvent): Published[] =>
  event.type === 'ConcernRouted' ? contract('safeguarding.concern.routed.v1', { routedAt: event.at, decision: event.decision, routes: event.routes }) : [];

/** What older rows do not say stays unsaid. */
const enquiryOf = ({ hasEnquiry }: { hasEnquiry?: boolean }) => (hasEnquiry === undefined ? {} : { hasEnquiry });

const yesNo = (answer: boolean | null): 'yes' | 'no' | null => (answer === null ? null : answer ? 'yes' : 'no');

const codesOf = (event: Particulars) => ({
  channel: event.channel,
  referrerType: event.referrerType,
  abuseTypes: kindsIn(event),
  locationType: event.locationType,
  sourceOfRisk: event.sourceOfRisk,
  immediateRisk: yesNo(event.immediateRisk),
});

const imported = ({ person, decision, ...event }: ConcernImported): Published[] =>
  contract('safeguarding.concern.imported.v1', {
    receivedAt: event.at,
    ...codesOf(event),
    personId: person?.personId ?? null,
    ageBand: person?.ageBand ?? null,
    decision: decision && { decidedAt: decision.at, ...judgementOf(decision) },
  });

const triaged = (event: ConcernTriaged): Published[] =>
  contract('safeguarding.concern.triaged.v1', { decidedAt: event.at, decision: event.decision, ...judgementOf(event), ...(typeof event.sarReferral === 'boolean' && { sarReferral: event.sarReferral }), ...(event.otherAuthority?.code && { otherAuthority: event.otherAuthority.code }) });

function judgementOf({ outcome, limbs, notSafeguardingReason }: LegacyDecision | ConcernTriaged) {
  const answer = (limb: keyof typeof limbs) => {
    const given = limbs[limb].answer;
    return given === 'cannot_yet_tell' ? null : given;
  };
  return { outcome, limbs: { needs: answer('needs'), risk: answer('risk'), unable: answer('unable') }, notSafeguardingReason };
}

/** What came from whoever raised it is told where it changes what is known of danger, and no more of it. */
function putRight(event: ConcernCorrected | MoreAnswered): Published[] {
  if (event.type === 'ConcernCorrected') return contract('safeguarding.concern.corrected.v1', corrected(event));
  return event.immediateRisk === undefined ? [] : contract('safeguarding.concern.corrected.v1', { immediateRisk: yesNo(event.immediateRisk) });
}

/** Others are told of all that is alleged as one list of kinds. */
function corrected({ correction, kinds }: ConcernCorrected): DataOf<'safeguarding.concern.corrected.v1'> {
  if (correction.field === 'otherAllegations' || kinds) return kinds ? { abuseTypes: kinds } : {};
  return correction.field === 'immediateRisk' ? { immediateRisk: yesNo(correction.value) } : { [correction.field]: correction.value };
}
