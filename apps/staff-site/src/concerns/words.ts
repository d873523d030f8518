import { listInWords, missingItems, timeInWords } from '#libs/pages';
import { authorityName } from '../authorities.js';
import { sentence } from '../words.js';

/** The one outcome of a decision, with what it means. */
export const outcomes: Record<string, { text: string; hint: string }> = {
  s42_enquiry: { text: 'Section 42 enquiry', hint: 'All three questions are answered yes: the duty applies' },
  other_enquiry: { text: 'Other enquiry', hint: 'The duty does not apply, and an enquiry is needed all the same' },
  adult_risk_management: { text: 'Adult risk management', hint: 'Serious risk to somebody who decides for themselves' },
  care_act_assessment: { text: 'Care Act assessment', hint: 'Needs for care and support to be assessed (sections 9 and 10)' },
  quality_team: { text: 'Quality team', hint: 'About the quality of a service' },
  other_authority: { text: 'Another authority', hint: 'It happened elsewhere; that council takes it on' },
  no_further_action: { text: 'No further action', hint: 'Nothing else follows; goes with no other route' },
};

/** Care Act 2014, section 42(1). */
export const limbs = [
  { name: 'needs', letter: 'a', question: 'Does the person have needs for care and support?', hint: 'Whether or not the council meets any of them' },
  { name: 'risk', letter: 'b', question: 'Are they experiencing abuse or neglect, or at risk of it?', hint: 'Reasonable cause to suspect is enough' },
  { name: 'unable', letter: 'c', question: 'Do those needs keep them from protecting themselves?', hint: 'Against this abuse or neglect, or the risk of it' },
] as const;
export const limbAnswers = { yes: 'Yes', no: 'No', cannot_yet_tell: 'Cannot yet tell' };

export const notSafeguardingReasons: Record<string, string> = {
  care_needs_only: 'Care needs only',
  quality_of_care: 'Quality of care',
  no_care_and_support_needs: 'No needs for care and support',
  no_abuse_or_neglect_identified: 'No abuse or neglect found',
  already_known: 'Already known and being dealt with',
  other_authority: 'Belongs to another authority',
};

export const furtherRoutes: Record<string, string> = {
  adult_risk_management: 'Adult risk management',
  care_act_assessment: 'Care Act assessment',
  quality_team: 'Quality team',
  other_authority: 'Another authority',
  advice_and_guidance: 'Advice and guidance',
  case_management: 'Case management',
  review: 'Review of the care plan',
  other_council_service: 'Another service of the council',
  external_agency: 'An agency outside the council',
};

export const wishesAnswers: Record<string, string> = {
  asked_and_expressed: 'Asked, and said what they want',
  asked_not_expressed: 'Asked, and did not say',
  could_not_ask: 'Nobody could ask',
  not_asked: 'Not asked',
};

export const protections: Record<string, string> = {
  taken: 'Something was done at once',
  not_needed: 'Nothing had to be done',
  not_taken: 'Something has to be done, and has not been yet',
};

/** Mental Capacity Act 2005. */
export const capacities: Record<string, string> = {
  has_capacity: 'They can decide about this themselves',
  lacks_capacity: 'They lack capacity for this decision',
  not_assessed: 'Not assessed',
};

export const consentAnswers: Record<string, string> = {
  given: 'They agree',
  refused_respected: 'They do not agree, and that is respected',
  refused_overridden: 'They do not agree, and the council goes on all the same',
  lacks_capacity_best_interests: 'They lack capacity; it is in their best interests',
  not_asked_unsafe: 'Not asked: asking would not be safe',
  not_asked_unable: 'Not asked: they could not be reached or could not answer',
  not_asked_other: 'Not asked, for another reason',
};

export const overridingGrounds: Record<string, string> = {
  serious_harm: 'High risk of serious harm',
  coercion: 'They are under duress or coercion',
  others_at_risk: 'Other adults or children are at risk',
  vital_or_public_interest: 'Vital or public interest',
};

/** Care Act 2014, sections 67 and 68. */
export const difficulties: Record<string, string> = {
  understand: 'Understanding what they are told',
  retain: 'Keeping it in mind',
  weigh: 'Using or weighing it',
  communicate: 'Saying what they think, want and feel',
};

export const supports: Record<string, string | { text: string; hint: string }> = {
  not_needed: 'They need nobody',
  appropriate_person: { text: 'An appropriate person', hint: 'Willing, and acceptable to them; not paid to care for them, and nobody who may be causing the harm' },
  s68_advocate: { text: 'An independent advocate', hint: 'The council must arrange one (section 68) where there is no appropriate person' },
  imca: { text: 'An independent mental capacity advocate', hint: 'For somebody who lacks capacity' },
  needed_not_available: 'They need an advocate, and there is none yet',
  not_known: 'Not known yet',
};

export const consents: Record<string, string> = {
  yes: 'They know, and agree',
  no: 'They know, and do not agree',
  not_asked: 'Nobody has told them',
};

/** Why a message did not arrive, or has to wait. */
export const notSentReasons: Record<string, string> = {
  address_refused: 'The address or number was not taken: it may be mistyped',
  not_delivered: 'It was sent, and nobody was reached there',
  refused: 'GOV.UK Notify would not take it',
  may_be_source: 'It came out that whoever raised it may be causing the harm, or be close to them: it was held back',
  decided: 'The concern was decided while it waited, so nothing more is asked of them',
  no_answer: 'GOV.UK Notify does not answer',
  too_many: 'More messages were sent than GOV.UK Notify allows for now',
  not_allowed: 'GOV.UK Notify does not take our key: tell whoever runs this system',
};

/** By which way, where one is said. */
export const byWay = (way: string | null | undefined): string => (way === 'email' ? ' by email' : way === 'text' ? ' by text message' : way === 'page' ? ' on their own page' : '');

export const feedbackInWords = { owed: 'Not yet', told: 'Yes', not_told: 'No, with a reason', not_known: 'Not known: it was decided elsewhere' };

export const statuses = { 'awaiting-triage': 'Awaiting triage', triaged: 'Decided', 'entered-in-error': 'Entered in error', disposed: 'Disposed of' };

export const missingInWords = (items: string[]): string => listInWords(items.map((item) => missingItems[item] ?? sentence(item).toLowerCase()));
export const orSentence = (words: Record<string, string>, code: string): string => words[code] ?? sentence(code);
export const outcomeInWords = (code: string): string => outcomes[code]?.text ?? sentence(code);
/** In a list, where it may be kept from whoever has yet to decide it again. */
export const decisionInWords = (code: string | null): string => (code === null ? 'Not shown: it needs a second look, by somebody who has not seen it' : outcomeInWords(code));

/** Why a concern is restricted. */
export const restrictedBecause: Record<string, string> = {
  staff_as_subject: 'A member of staff is the person, or may be causing the harm',
  domestic_abuse: 'Domestic abuse: somebody could look for them',
  position_of_trust: 'Somebody in a position of trust may be causing the harm',
  other: 'Another reason, in words',
  same_person: 'Another concern about the same person is restricted',
};

/** Why a concern is kept from somebody. */
export const keptBecause: Record<string, string> = {
  about_oneself: 'It is about them',
  close_to_person: 'They are close to the person: family, a friend, a neighbour',
  source_of_risk: 'They may be causing the harm',
  close_to_source: 'They are close to whoever may be causing the harm',
  other: 'Another reason, in words',
};

/** Why somebody must not work on a concern, as they say themselves; nobody has to say of themselves that they may be causing the harm. */
export const ownInterests: Record<string, string> = {
  about_oneself: 'It is about me',
  close_to_person: 'I am close to the person: family, a friend, a neighbour',
  close_to_source: 'I am close to whoever may be causing the harm',
  other: 'Another reason, in words',
};

/** What comes first on any page of a concern that is decided. */
export const dangerToldSince = (at: string): string => `The person is said to be in danger now: that was told or recorded after the decision, on ${timeInWords(at)}, and nobody has seen to it yet`;

/** To which other council something falls. */
export const councilInWords = (other: { code: string | null; words?: string | null | undefined } | null | undefined): string => [other?.code && authorityName(other.code), other?.words].filter(Boolean).join(': ');

const noNotice: Record<string, string> = {
  may_be_source: 'they may be causing the harm, or be close to whoever does',
  no_page: 'they have no page on which they would see it',
  nobody_sends: 'nothing is sent from here',
  no_contact: 'they gave neither an email address nor a mobile number',
  contact_unsafe: 'they say that it could be dangerous to email or ring them',
  wishes_unread: 'they did not say that it is safe, or said how, and nobody who read that says that it is',
};

/** Whether whoever raised it hears that more is wanted, and why not. */
export const noticeInWords = ({ way, not }: { way?: string | null | undefined; not?: string | null | undefined }): string =>
  not ? `No notice is sent to whoever raised it: ${noNotice[not] ?? 'it cannot be'}.` : `A short notice that more is wanted is to be sent to whoever raised it${byWay(way)}.`;
