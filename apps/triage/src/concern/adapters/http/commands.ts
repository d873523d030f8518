import type { Instant } from '#libs/calendar';
import type { Making } from '#libs/platform';
import type { Circumstances } from '../../domain/circumstances.js';
import type { AskForMore, ConsiderLimbs, CorrectConcern, Leaning, LookAgain, ReceiveConcern, TriageConcern } from '../../domain/concern.js';
import type { FollowedBy, MissingItem } from '../../domain/codes.js';
import type { Limbs } from '../../domain/three-limbs.js';
import type { Wishes } from '../../domain/wishes.js';
import type { CircumstancesBody, ConsiderBody, CorrectBody, LeaningBody, LookAgainBody, RaiseBody, TriageBody } from './bodies.js';

const flag = (answer: 'yes' | 'no' | undefined): boolean | null => (answer === undefined ? null : answer === 'yes');

/** What a form says, as the command that the rules judge. The account keeps every word that came. */
export function receiveConcern(body: RaiseBody, { words, now }: Making, { reference, followedBy }: { reference: string; followedBy?: FollowedBy | undefined }): ReceiveConcern {
  const { worry, referrer, consent, wishes, details } = body;
  return {
    type: 'ReceiveConcern',
    at: receivedAt(body, now),
    reference,
    channel: body.channel,
    referrerType: referrer.type ?? null,
    abuseTypes: body.abuseTypes,
    locationType: body.locationType ?? null,
    sourceOfRisk: body.sourceOfRisk ?? null,
    immediateRisk: flag(body.immediateRisk),
    ...(body.otherAllegations && { otherAllegations: body.otherAllegations }),
    hasWorry: worry.trim() !== '',
    hasContact: Boolean(referrer.email || referrer.phone),
    ...(followedBy && { followedBy }),
    missing: missingFrom(body),
    account: words.keep(JSON.stringify({ worry, referrer, consent, wishes, details })),
  };
}

const receivedAt = ({ receivedAt: given }: RaiseBody, now: Instant): Instant => (given && given < now ? given : now);

function missingFrom({ person, wishes, consent, details }: RaiseBody): MissingItem[] {
  const missing: [MissingItem, unknown][] = [
    ['person_name', person.familyName || person.givenName],
    ['person_date_of_birth', person.dateOfBirth],
    ['person_address', person.address || person.postcode],
    ['area', details.area === undefined],
    ['when_it_happened', details.when],
    ['action_taken', details.done],
    ['wishes', wishes && isWhole(wishes)],
    ['consent', consent],
  ];
  return missing.flatMap(([item, known]) => (known ? [] : [item]));
}

/** Half an answer, without what the person wants or why nobody asked, keeps no concern out: it is asked for later. */
const isWhole = ({ asked, words }: NonNullable<RaiseBody['wishes']>): boolean => asked === 'asked_not_expressed' || Boolean(words);

/** What a concern comes with of the person's wishes; null where that is missing or half said. */
export const wholeWishesOf = ({ wishes }: RaiseBody, making: Making): Wishes | null =>
  wishes && isWhole(wishes) ? wishesOf(wishes, making) : null;

export const wishesOf = (wishes: RaiseBody['wishes'], { words }: Making): Wishes | null =>
  wishes ? { answer: wishes.asked, words: words.keep(wishes.words) } : null;

export function triageConcern(body: TriageBody, making: Making, lot: TriageConcern['lot']): TriageConcern {
  const { now, by } = making;
  return {
    type: 'TriageConcern',
    at: now,
    limbs: limbsOf(body.limbs, making),
    circumstances: circumstancesOf(body.circumstances, making),
    decidedBy: by,
    wishes: wishesOf(body.wishes, making),
    ...decisionOf(body, making),
    lot,
  };
}

/** A decision made again, as the command that the rules judge. */
export function lookAgain({ limbs, outcome, reason }: LookAgainBody, making: Making, hasSeen: boolean): LookAgain {
  const { words, now, by } = making;
  return { type: 'LookAgain', at: now, by, hasSeen, limbs: limbsOf(limbs, making), outcome: outcome ?? null, reason: words.keep(reason) };
}

/** What somebody can tell so far, as the command that the rules judge. */
export function considerLimbs({ limbs, circumstances, wishes, leaning, ask }: ConsiderBody, making: Making, notice?: AskForMore['notice']): ConsiderLimbs {
  const { words, now, by } = making;
  return {
    type: 'ConsiderLimbs',
    at: now,
    by,
    limbs: limbsOf(limbs, making),
    circumstances: circumstancesOf(circumstances, making),
    wishes: wishesOf(wishes, making),
    leaning: leaning ? leaningOf(leaning, making) : null,
    ask: ask ? { what: ask.what, message: words.keep(ask.message), ...(notice && { notice }) } : null,
  };
}

function limbsOf({ needs, risk, unable }: ConsiderBody['limbs'], { words }: Making): Limbs {
  const limb = ({ answer, reason }: ConsiderBody['limbs']['needs']) => ({ answer: answer ?? null, reason: words.keep(reason) });
  return { needs: limb(needs), risk: limb(risk), unable: limb(unable) };
}

const decisionOf = (body: LeaningBody, { words }: Making): Leaning => ({
  outcome: body.outcome ?? null,
  reason: words.keep(body.reason),
  otherEnquiryReason: words.keep(body.otherEnquiryReason),
  notSafeguardingReason: body.notSafeguardingReason ?? null,
  furtherRoutes: body.furtherRoutes,
  sarReferral: body.sarReferral ?? null,
  ...(body.otherAuthority && { otherAuthority: { code: body.otherAuthority.code ?? null, words: words.keep(body.otherAuthority.words) } }),
});

/** Null where nothing of it is put down. */
function leaningOf(body: LeaningBody, making: Making): Leaning | null {
  const { furtherRoutes, ...others } = decisionOf(body, making);
  return furtherRoutes.length > 0 || Object.values(others).some((part) => part !== null) ? { ...others, furtherRoutes } : null;
}

function circumstancesOf({ protection, mentalCapacity, consent, advocacy }: CircumstancesBody, { words }: Making): Circumstances {
  return {
    protection: protection ? { answer: protection.answer, words: words.keep(protection.words) } : null,
    mentalCapacity: mentalCapacity ? { answer: mentalCapacity.answer, words: words.keep(mentalCapacity.words) } : null,
    consent: consent ? { answer: consent.answer, ground: consent.ground ?? null, words: words.keep(consent.words) } : null,
    advocacy: advocacy ? { difficulties: [...new Set(advocacy.difficulties)], support: advocacy.support, words: words.keep(advocacy.words) } : null,
  };
}

export function correctConcern(body: CorrectBody, { words, now, by }: Making): CorrectConcern {
  const { reason, ...correction } = body;
  return { type: 'CorrectConcern', at: now, by, correction, reason: words.keep(reason) };
}
