import { because, type Flags, ofPerson } from '#libs/subject-access';
import { heldOf } from '../application/held.js';
import type { Concern } from '../domain/concern.js';

/** What the fields of a concern say of others; codes that forms offer are the person's own where they stand here with null. */
const flags: Flags = {
  'ConcernReceived.by': because.raiser,
  'FileAdded.by': because.raiser,
  'FileAdded.name': because.account,
  referrerType: because.raiser,
  sourceOfRisk: because.source,
  'otherAllegations.sourceOfRisk': because.source,
  'ConcernCorrected.correction': 'may tell who raised it, or who may have caused harm',
  'ConcernRestricted.why': because.source,
  'ConcernKeptFrom.why': because.source,
  'ConcernKeptFrom.reason': because.source,
  'KeptNoMore.reason': because.source,
  'MoreAnswered.answer': because.account,
  'MoreAskedFor.message': because.raiser,
  'MessageToReferrerWritten.message': because.raiser,
  'ReferrerTold.message': because.raiser,
  'ReferrerJudged.mayBeSource': because.source,
  'ReferrerJudged.reason': because.raiser,
  'DangerSeenTo.reason': because.raiser,
  'circumstances.advocacy.words': because.circle,
  account: because.account,
  'account.referrer': because.raiser,
  'account.details.ownReference': because.raiser,
  'account.details.safeContact': because.raiser,
  'account.details.contactRisky': because.raiser,
  'account.details.alleged': because.source,
  'account.details.circle': because.circle,
  'account.details.advocate': because.circle,
  'account.details.others': because.circle,
  'account.details.othersAtRisk': because.circle,
  'account.details.personContact': because.circle,
  'account.details.area': null,
  'account.details.age': null,
  'account.details.capacity': null,
  'account.details.died': null,
  'account.details.inDanger': null,
  'account.details.policeTold': null,
  'account.details.when': null,
  'account.consent.given': null,
  'account.wishes.asked': null,
};

/** What whoever raised it said, field by field; an old system told it in words alone. */
function opened(_event: string, [field]: readonly string[], words: string): unknown {
  if (field !== 'account' || !words.startsWith('{')) return undefined;
  try {
    return JSON.parse(words) as unknown;
  } catch {
    return undefined;
  }
}

/** What a concern tells about its person. */
export const heldInConcerns = {
  held: heldOf,
  referenceOf: (state: Concern): string => (state.status === 'absent' ? '' : state.story.reference),
  telling: { service: 'triage', record: 'concern', flags, opened },
  find: ofPerson('concern'),
};
