import { dayOf, timeInWords, whole } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { decisionInWords, notSentReasons, orSentence } from '../concerns/words.js';
import { routeInWords } from '../concerns/sent-on.js';
import { authorityName } from '../authorities.js';
import { may } from '../may.js';
import { paths } from '../paths.js';
import { REFERRER_TYPES, referrerInWords, sentence } from '../words.js';
import { clockInBrief, type ClockInWords } from './clocks.js';
import type { DolsItem, EnquiryItem, FeedbackItem, QueueCounts, SecondLookItem, SentOnItem, TriageItem, UnsentItem } from './shapes.js';

export interface QueueCell {
  text?: string;
  href?: string;
  /** What a link is about, where its words alone do not tell. */
  hidden?: string;
  /** Small words below. */
  sub?: string;
  tag?: { text: string; classes: string };
  clock?: ClockInWords | undefined;
}

/** The names of people by their ids; undefined where they cannot be had. */
export type Names = ReadonlyMap<string, string> | undefined;

export interface QueueFilter {
  name: string;
  label: string;
  options: { value: string; text: string }[];
}

/** How one queue is shown: its words, what it can be narrowed and sorted by, and its columns. */
export interface QueueDefinition<Item> {
  name: 'triage' | 'feedback' | 'unsent' | 'second' | 'sent-on' | 'enquiries' | 'dols';
  title: string;
  /** What waits, one and many. */
  noun: [string, string];
  verb: string;
  filters: QueueFilter[];
  /** Choices that are made often, each as a link; any other everybody saves for themselves (`own-views.ts`). */
  views?: { text: string; filters: Record<string, string>; count?: keyof QueueCounts; /** Of another queue. */ of?: 'decided' }[];
  note?: string;
  columns: { heading: string; sort?: string }[];
  row(item: Item, on: { asOf: string; names: Names; called: Called }): QueueCell[];
}

const yesNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];
const waited = (value: number): string => (value < 1 ? 'less than a day ago' : `${days(value)} ago`);
const days = (value: number): string => `${whole(value)} ${value === 1 ? 'day' : 'days'}`;

export const triageDefinition: QueueDefinition<TriageItem> = {
  name: 'triage',
  title: 'Concerns awaiting triage',
  noun: ['concern awaits', 'concerns await'],
  verb: 'a decision',
  note: 'Each clock says how long is left until it is due first, and below that when it is due: by the clock, and at the end of which day in working days.',
  filters: [
    { name: 'immediateRisk', label: 'Immediate risk', options: [...yesNo, { value: 'not_known', text: 'Not known' }] },
    { name: 'referrerType', label: 'Raised by', options: REFERRER_TYPES.map((value) => ({ value, text: referrerInWords(value) })) },
    { name: 'late', label: 'Late', options: yesNo },
    { name: 'has', label: 'Who has it', options: [{ value: 'me', text: 'You' }, { value: 'nobody', text: 'Nobody yet' }] },
  ],
  views: [
    { text: 'All', filters: {}, count: 'all' },
    { text: 'You have', filters: { has: 'me' }, count: 'mine' },
    { text: 'Nobody has', filters: { has: 'nobody' }, count: 'nobodys' },
    { text: 'In danger now', filters: { immediateRisk: 'yes' }, count: 'atRisk' },
    { text: 'Decided, danger told since', filters: { dangerTold: 'yes' }, count: 'dangerTold', of: 'decided' },
    { text: 'Danger not known', filters: { immediateRisk: 'not_known' }, count: 'dangerNotKnown' },
    { text: 'Late', filters: { late: 'yes' }, count: 'late' },
    { text: 'Late, and nobody has', filters: { has: 'nobody', late: 'yes' }, count: 'lateNobodys' },
  ],
  columns: [
    { heading: 'Concern', sort: 'reference' },
    { heading: 'Received', sort: 'receivedAt' },
    { heading: 'Immediate risk', sort: 'priority' },
    { heading: '24 hours' },
    { heading: '5 days' },
    { heading: 'Raised by', sort: 'referrerType' },
    { heading: 'Who has it' },
  ],
  row: (item, { asOf, names, called }) => [
    concern(item, names),
    { text: timeInWords(item.receivedAt), sub: waited(item.waitingDays) },
    riskCell(item.immediateRisk),
    { clock: clockInBrief(item.clocks, 'triage_24_hours', asOf) },
    { clock: clockInBrief(item.clocks, 'triage_5_days', asOf) },
    { text: referrerInWords(item.referrerType ?? null), ...((item.moreCameAt ?? item.channel) && { sub: wroteMore(item) ?? sentence(item.channel!).toLowerCase() }) },
    { text: item.assignedTo ? called(item.assignedTo) : 'Nobody yet' },
  ],
};

export const feedbackDefinition: QueueDefinition<FeedbackItem> = {
  name: 'feedback',
  title: 'To be told',
  noun: ['decided concern', 'decided concerns'],
  verb: 'where nobody has told whoever raised it what became of it,',
  filters: [],
  columns: [{ heading: 'Concern' }, { heading: 'Decided' }, { heading: 'Waiting' }, { heading: 'Outcome' }, { heading: 'Raised by' }],
  row: (item, { names }) => [
    concern(item, names),
    { text: timeInWords(item.decidedAt) },
    { text: days(item.waitingDays) },
    { text: decisionInWords(item.outcome) },
    { text: referrerInWords(item.referrerType ?? null) },
  ],
};

export const sentOnDefinition: QueueDefinition<SentOnItem> = {
  name: 'sent-on',
  title: 'Sent on, and nobody has said they have it',
  noun: ['answer is', 'answers are'],
  verb: 'awaited from those to whom concerns were sent,',
  filters: [],
  note: 'Caseward does not tell them: somebody has to pass it on. A concern that was sent to two places stands here twice. It goes from here once it is recorded that they have it, or the concern is decided again.',
  columns: [{ heading: 'Concern' }, { heading: 'Sent to' }, { heading: 'Since' }, { heading: 'Waiting' }, { heading: 'What they say' }],
  row: (item, { names }) => [
    concern(item, names),
    { text: routeInWords(item.route, item.otherAuthority ? authorityName(item.otherAuthority) : '') },
    { text: timeInWords(item.sentAt) },
    { text: days(item.waitingDays) },
    item.refusedAt ? { text: 'They do not take it', sub: timeInWords(item.refusedAt) } : { text: 'Nothing yet' },
  ],
};

export const unsentDefinition: QueueDefinition<UnsentItem> = {
  name: 'unsent',
  title: 'Messages that have not arrived',
  noun: ['message', 'messages'],
  verb: 'to whoever raised a concern did not arrive, or has been on its way for long,',
  filters: [],
  note: 'From here a message is written again, or it is recorded that they were told otherwise.',
  columns: [{ heading: 'Concern' }, { heading: 'Since' }, { heading: 'Waiting' }, { heading: 'Why' }, { heading: 'Raised by' }],
  row: (item, { names }) => [
    concern(item, names),
    { text: timeInWords(item.since) },
    { text: days(item.waitingDays) },
    { text: item.reason === null ? 'Nobody says yet that it arrived' : orSentence(notSentReasons, item.reason), ...(item.isTriedAgain && { sub: 'it is tried again by itself' }) },
    { text: referrerInWords(item.referrerType ?? null) },
  ],
};

export const secondDefinition: QueueDefinition<SecondLookItem> = {
  name: 'second',
  title: 'Second looks',
  noun: ['decision needs', 'decisions need'],
  verb: 'a second look by somebody who has not seen the first',
  filters: [],
  note: 'Drawn by lot. Those that you made, or have seen since, are not shown.',
  columns: [{ heading: 'Concern' }, { heading: 'Received' }, { heading: 'Waiting' }, { heading: 'Raised by' }],
  row: (item, { names }) => [
    { ...concern(item, names), href: paths.secondLook(item.id) },
    { text: timeInWords(item.receivedAt) },
    { text: days(item.waitingDays) },
    { text: referrerInWords(item.referrerType ?? null) },
  ],
};

export const enquiriesDefinition: QueueDefinition<EnquiryItem> = {
  name: 'enquiries',
  title: 'Unallocated enquiries',
  noun: ['enquiry waits', 'enquiries wait'],
  verb: 'for somebody to take them on',
  note: 'Here are also those that somebody has who has left or may not open them any more, and enquiries of other kinds. The board’s report counts section 42 enquiries that nobody has been given yet.',
  filters: [{ name: 'kind', label: 'Kind', options: [{ value: 's42', text: 'Section 42' }, { value: 'other', text: 'Other' }] }],
  columns: [
    { heading: 'Enquiry', sort: 'reference' },
    { heading: 'Kind' },
    { heading: 'Opened', sort: 'openedAt' },
    { heading: 'Waiting' },
    { heading: 'Who has it' },
  ],
  row: (item, { names, called }) => [
    enquiry(item, names),
    { text: item.kind === 's42' ? 'Section 42' : 'Other enquiry' },
    { text: timeInWords(item.openedAt) },
    { text: days(item.waitingDays) },
    whoHasEnquiry(item, called),
  ],
};

export const dolsDefinition: QueueDefinition<DolsItem> = {
  name: 'dols',
  title: 'Waiting for DoLS',
  noun: ['request waits', 'requests wait'],
  verb: 'for a decision',
  filters: [
    { name: 'band', label: 'Priority', options: ['high', 'medium', 'low'].map((value) => ({ value, text: sentence(value) })) },
    { name: 'kind', label: 'Kind', options: [{ value: 'new', text: 'New' }, { value: 'renewal', text: 'Renewal' }] },
    { name: 'urgent', label: 'Urgent', options: yesNo },
  ],
  columns: [
    { heading: 'Reference', sort: 'reference' },
    { heading: 'Priority' },
    { heading: 'Received', sort: 'receivedAt' },
    { heading: 'Waiting' },
    { heading: 'Kind' },
    { heading: 'Setting' },
  ],
  row: (item) => [
    reference(item),
    bandCell(item.band),
    { text: dayOf(item.receivedAt) },
    waitCell(item),
    { text: sentence(item.kind), ...(isUrgent(item) && { sub: 'urgent' }) },
    { text: item.setting ? sentence(item.setting) : 'Not known' },
  ],
};

/** That whoever raised it wrote more, and nobody has worked on it since. */
export const wroteMore = ({ moreCameAt }: { moreCameAt?: string | null | undefined }): string | undefined => (moreCameAt ? `wrote more, ${timeInWords(moreCameAt)}` : undefined);

/** A concern and whom it is about, as a way to it. */
export function concern({ id, reference: text, personId }: { id: string; reference: string; personId?: string | null | undefined }, names: Names): QueueCell {
  const name = personId && names?.get(personId);
  return { text, href: paths.concern(id), ...(names && { sub: name || 'Name not known' }) };
}

/** An enquiry and whom it is about, as a way to the concern that led to it. */
function enquiry({ reference: text, concernId, personId, inDanger, dangerToldAt }: EnquiryItem, names: Names): QueueCell {
  const name = names && ((personId && names.get(personId)) || 'Name not known');
  const sub = inDanger && !dangerToldAt ? (name ? `${name}; recorded as in danger` : 'Recorded as in danger') : name;
  return { text, href: paths.concern(concernId), ...(dangerToldAt && { clock: dangerSince(dangerToldAt) }), ...(sub && { sub }) };
}

/** The sign of what is decided and of which danger was told since. */
export const dangerSince = (at: string): ClockInWords => ({ state: 'late', words: `Danger told since, ${timeInWords(at)}; nobody has looked yet` });

/** Nobody, or somebody who cannot work on it any more; with the way to give it to somebody. */
const STRANDED = { left: 'has it and has left', not_named: 'has it and cannot open it: it was restricted since', kept_from: 'has it and cannot open it: it is kept from them since' } as const;

function whoHasEnquiry({ id, reference: about, stranded }: EnquiryItem, called: Called): QueueCell {
  const who = stranded?.worker ? called(stranded.worker) : 'Somebody whom nobody named';
  const sub = stranded && { sub: `${who} ${STRANDED[stranded.why]}` };
  if (!may('enquiry.allocate')) return { text: stranded ? 'Nobody who can work on it' : 'Nobody yet', ...sub };
  return { text: stranded ? 'Give to somebody else' : 'Allocate', hidden: about, href: paths.allocateEnquiry(id), ...sub };
}

function reference(item: { reference: string }): QueueCell {
  return { text: item.reference };
}

function riskCell(risk: string | null | undefined): QueueCell {
  if (risk === 'yes') return { clock: { state: 'late', words: 'Yes' } };
  return { text: risk === 'no' ? 'No' : 'Not known' };
}

function bandCell(band: string | null | undefined): QueueCell {
  if (!band) return { text: 'Not yet given' };
  const colour = { high: 'govuk-tag--red', medium: 'govuk-tag--yellow' }[band] ?? 'govuk-tag--grey';
  return { tag: { text: sentence(band), classes: colour } };
}

function waitCell({ waitingDays, longestWaitDays, breached, band }: DolsItem): QueueCell {
  const limit = longestWaitDays === null || longestWaitDays === undefined ? undefined : `longest ${band ? 'for its band' : 'while it has no band'}: ${days(longestWaitDays)}`;
  if (!breached) return { text: days(waitingDays), ...(limit && { sub: limit }) };
  return { clock: { state: 'late', words: `${days(waitingDays)}, past its longest wait` }, ...(limit && { sub: limit }) };
}

function isUrgent({ urgent }: DolsItem): boolean {
  return urgent === true || urgent === 'yes';
}
