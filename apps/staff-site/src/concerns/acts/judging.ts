import { z } from 'zod';
import { type FormError, timeInWords } from '#libs/pages';
import { AUTHORITIES } from '../../authorities.js';
import { paths } from '../../paths.js';
import { reachOf } from '../account.js';
import { type ConcernCase, consideredIn, type Leaning } from '../shapes.js';
import type { Change } from '../timeline.js';
import { furtherRoutes, limbAnswers, limbs, notSafeguardingReasons, outcomes } from '../words.js';
import { type Act, choices, type FieldsByCode, filled, read, several, text } from './act.js';
import { circumstancesFields, circumstancesItems, circumstancesPayload, circumstancesShape, circumstancesTyped, unplacedProtection, unplacedStanding } from './circumstances.js';
import { asked, noticeFields } from './ask.js';
import { areRecordedWishes, unplacedWishes, wishesFields, wishesFieldsByCode, wishesPayload, wishesShape, withRecordedWishes } from './wishes.js';

const shape = z.object({
  ...wishesShape,
  ...circumstancesShape,
  needs: text, needs_reason: text, risk: text, risk_reason: text, unable: text, unable_reason: text,
  outcome: text, reason: text, other_enquiry_reason: text, not_safeguarding_reason: text, further_routes: several, sar_referral: text, other_authority: text, other_authority_words: text,
  ask: several, ask_words: text, notify: text,
});
export type Typed = z.infer<typeof shape>;

/** The form on which a concern is judged: as it was sent or, as it opens, with what was recorded so far. */
export const typedIn = (concern: ConcernCase, body: unknown): Typed => read(shape, body ?? recordedIn(concern));

function recordedIn(concern: ConcernCase): object {
  const { limbs: answers, circumstances, leaning } = consideredIn(concern) ?? {};
  const each = limbs.map(({ name }) => ({ [name]: answers?.[name].answer ?? '', [`${name}_reason`]: answers?.[name].reason ?? '' }));
  return Object.assign({}, ...each, circumstances && circumstancesTyped(circumstances), leaning && leaningTyped(leaning)) as object;
}

/** A council that is not known here. */
const another = 'another';

const leaningTyped = ({ outcome, reason, otherEnquiryReason, notSafeguardingReason, furtherRoutes: routes, sarReferral, otherAuthority }: Leaning): Partial<Typed> => ({
  outcome: outcome ?? '',
  reason: reason ?? '',
  other_enquiry_reason: otherEnquiryReason ?? '',
  not_safeguarding_reason: notSafeguardingReason ?? '',
  further_routes: routes,
  sar_referral: sarReferral === null ? '' : sarReferral ? 'yes' : 'no',
  other_authority: otherAuthority?.code ?? (otherAuthority?.words ? another : ''),
  other_authority_words: otherAuthority?.words ?? '',
});

/** Wishes are asked for where nobody has recorded them, and kept where a colleague did while they were typed. */
export const hasWishes = (concern: ConcernCase, typed: Typed): boolean => concern.wishes === null || typed.wishes !== '' || typed.wishes_words !== '';

/** Is something asked for at the same time? */
export const isAsking = ({ ask, ask_words: words }: Typed): boolean => ask.length > 0 || words !== '';

/** What both of its buttons send: the limbs that are answered, how the person stands, what they want. */
export function judgementOf(concern: ConcernCase, typed: Typed): object {
  const answered = limbs.map(({ name }) => [name, filled({ answer: typed[name], reason: typed[`${name}_reason`] })]);
  return {
    limbs: Object.fromEntries(answered) as object,
    circumstances: circumstancesPayload(typed),
    ...(typed.wishes === '' || areRecordedWishes(concern, typed) ? {} : { wishes: wishesPayload(typed) }),
  };
}

/** What is put down of the decision, as far as it is. */
export const decisionOf = (typed: Typed): object => ({
  ...filled({ outcome: typed.outcome, reason: typed.reason, otherEnquiryReason: typed.other_enquiry_reason, notSafeguardingReason: typed.not_safeguarding_reason }),
  furtherRoutes: typed.further_routes.filter((route) => route in furtherRoutes),
  ...authorityOf(typed),
  ...(typed.sar_referral === '' ? {} : { sarReferral: typed.sar_referral === 'yes' }),
});

/** Words alone name another. Where it goes to another council and none is named, the service says so beside all else that is missing. */
function authorityOf({ outcome, other_authority: chosen, other_authority_words: said }: Typed): object {
  if (outcome !== 'other_authority' && chosen === '' && said === '') return {};
  return { otherAuthority: filled({ code: chosen === another ? '' : chosen, words: said }) };
}

/** What was written under a question that was not answered, in the order of the page. */
export const unplacedIn = (typed: Typed): FormError[] => [...unplacedProtection(typed), ...unplacedWishes(typed), ...unplacedStanding(typed)];

/** What a colleague kept meanwhile is written over by both buttons, and asked about; of what the person wants theirs comes into the form. */
export const overJudging = { writesOver: ({ type }: Change): boolean => type === 'LimbsConsidered', withRecorded: withRecordedWishes } satisfies Partial<Act>;

/** Which field a rule on judging is about. */
export const judgingFieldsByCode: FieldsByCode = {
  ...circumstancesFields,
  ...wishesFieldsByCode,
  'concern/limb-answer-required': (limb) => limb,
  'concern/limb-undecided': (limb) => limb,
  'concern/limb-reason-required': (limb) => `${limb}_reason`,
};

export function judgingFields(concern: ConcernCase, typed: Typed, isOpening: boolean): object {
  const before = isOpening ? consideredIn(concern) : undefined;
  return {
    typed,
    ...circumstancesItems(typed),
    limbs: limbs.map(({ name, letter, question, hint }) => ({ name, letter, question, hint, reason: typed[`${name}_reason`], items: choices(limbAnswers, typed[name]) })),
    outcomes: choices(outcomes, typed.outcome),
    notSafeguarding: [{ value: '', text: 'Does not apply' }, ...choices(notSafeguardingReasons)].map((item) => ({ ...item, selected: item.value === typed.not_safeguarding_reason })),
    councils: [{ value: '', text: 'Does not apply' }, ...AUTHORITIES.filter(({ code }) => code !== concern.authority).map(({ code, name }) => ({ value: code, text: name })), { value: another, text: 'Another, in words' }].map((item) => ({ ...item, selected: item.value === typed.other_authority })),
    furtherRoutes: choices(furtherRoutes, ...typed.further_routes),
    sar: choices({ yes: 'Yes', no: 'No' }, typed.sar_referral),
    wishes: hasWishes(concern, typed) ? wishesFields(typed) : undefined,
    ask: asked(typed.ask),
    notice: noticeFields(concern, isOpening ? undefined : typed.notify),
    isAsking: isAsking(typed),
    reach: reachOf(concern),
    considered: before && `What was kept on ${timeInWords(before.at)} is filled in. Change what has changed.`,
    decideHref: paths.concernAct(concern.id, 'decide'),
    considerHref: paths.concernAct(concern.id, 'consider'),
  };
}
