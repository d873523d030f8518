import { sentence } from '../words.js';
import type { Circumstances, Leaning, Told } from './shapes.js';
import { capacities, consentAnswers, councilInWords, difficulties, furtherRoutes, limbAnswers, limbs, notSafeguardingReasons, orSentence, outcomeInWords, overridingGrounds, protections, supports } from './words.js';

/** Something that was judged, under what it is about. */
export interface Judged {
  label: string;
  text: string;
}

type Limb = { answer: string | null; reason?: string | null | undefined } | undefined;

/** What was judged in a decision or on the way to one, in words; what was not said is left out. */
export function judgedIn({ limbs: answers, circumstances, leaning }: Pick<Told, 'limbs' | 'circumstances' | 'leaning'>): Judged[] {
  return [
    ...limbs.map(({ name, letter, question }) => ({ label: `(${letter}) ${question}`, text: limbInWords(answers?.[name]) })),
    ...(circumstances ? circumstancesInWords(circumstances) : []),
    ...(leaning ? leaningInWords(leaning) : []),
  ].filter(({ text }) => text !== '');
}

const limbInWords = (limb: Limb): string => (limb?.answer ? sentences(orSentence(limbAnswers, limb.answer), limb.reason) : '');

function circumstancesInWords({ protection, mentalCapacity, consent, advocacy }: Circumstances): Judged[] {
  return [
    { label: 'Done at once to keep them safe', text: protection ? sentences(orSentence(protections, protection.answer), protection.words) : '' },
    { label: 'Can they decide about this themselves', text: mentalCapacity ? sentences(orSentence(capacities, mentalCapacity.answer), mentalCapacity.words) : '' },
    { label: 'Do they agree', text: consent ? sentences(orSentence(consentAnswers, consent.answer), consent.ground && orSentence(overridingGrounds, consent.ground), consent.words) : '' },
    { label: 'Taking part', text: advocacy ? sentences(supportInWords(advocacy), advocacy.words) : '' },
  ];
}

/** What was written of a decision that was not made. */
function leaningInWords({ outcome, reason, otherEnquiryReason, notSafeguardingReason, furtherRoutes: routes, sarReferral, otherAuthority }: Leaning): Judged[] {
  return [
    { label: 'Leaning towards', text: outcome ? outcomeInWords(outcome) : '' },
    { label: 'Reason so far', text: reason ?? '' },
    { label: 'Why an enquiry all the same', text: otherEnquiryReason ?? '' },
    { label: 'Not safeguarding because', text: notSafeguardingReason ? orSentence(notSafeguardingReasons, notSafeguardingReason) : '' },
    { label: 'To which council', text: councilInWords(otherAuthority) },
    { label: 'Also to', text: routes.map((route) => orSentence(furtherRoutes, route)).join('; ') },
    { label: 'To the Safeguarding Adults Board', text: sarReferral === null ? '' : sarReferral ? 'Yes' : 'No' },
  ];
}

function supportInWords({ difficulties: some, support }: NonNullable<Circumstances['advocacy']>): string {
  const said = supports[support];
  const who = typeof said === 'object' ? said.text : (said ?? sentence(support));
  return some.length === 0 ? who : `Difficulty with ${some.map((one) => orSentence(difficulties, one).toLowerCase()).join('; ')}. ${who}`;
}

/** Parts of what was said, each ended as a sentence is. */
const sentences = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join('. ');
