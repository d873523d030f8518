import { dayInWords, dayOf, type FormError, messagesByField, visitor } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { orSentence, outcomeInWords, statuses } from '../concerns/words.js';
import { type Away, isAway } from '../unless-away.js';
import { paths } from '../paths.js';
import { packOf } from '../subject-access/pack-of.js';
import { sentence } from '../words.js';
import { type Act, ACTS, acts, type DuePage, type HeldPage, type Kind, KINDS, kinds, type Review } from './shapes.js';

const CLASSES: Record<string, string> = {
  no_enquiry: 'Came to no enquiry',
  with_enquiry: 'Kept with its enquiry, which is gone',
  enquiry: 'Enquiry that is over',
  dols_request: 'DoLS request that is over',
  entered_in_error: 'Entered in error',
  person: 'Named by no record any more',
};

const TRIGGERS: Record<string, string> = { last_contact: 'the last time that anybody dealt with it', end_of_authorisation: 'the end of the authorisation, or the last time that anybody dealt with it where that is later', last_record: 'the day on which the last record that named them was disposed of, or on which it was found that none names them' };

const keptAs = (name: string): string => CLASSES[name] ?? sentence(name);

/** The records of one kind that are due, or that its service cannot say. */
export type Listed = Record<Kind, { due: DuePage | Away; held: HeldPage | Away }>;

/** As the page of a record itself says it. */
const statusInWords = (kind: Kind, status: string): string => (kind === 'concerns' ? orSentence(statuses, status) : sentence(status));

export interface Sought {
  reference: string;
  error?: string;
  /** Not every service answered: what was found may not be all. */
  isPartial?: boolean;
  found?: { kind: Kind; review: Review }[];
}

/** What is due, a table for each kind of record. */
export function listPage(listed: Listed, { called, csrf, sought }: { called: Called; csrf: string; sought: Sought }) {
  return {
    title: 'Kept long enough',
    here: paths.retention(),
    action: paths.findKept(),
    csrf,
    sought: sought.reference,
    wrong: sought.isPartial ? 'Not everything could be searched' : 'Nothing was found',
    errors: sought.error ? [{ text: sought.error, href: '#reference' }] : [],
    found: (sought.found ?? []).map(({ kind, review }) => ({ href: paths.kept(kind, review.id), text: `${review.reference}: ${KINDS[kind].one}, ${statusInWords(kind, review.status).toLowerCase()}` })),
    held: kinds.map((kind) => heldSection(kind, listed[kind].held, called)).filter(({ rows, summary, moreHref }) => rows.length > 0 || summary !== undefined || moreHref !== undefined),
    sections: kinds.map((kind) => section(kind, listed[kind].due, called)),
  };
}

/** In the query, where to go on among those under a legal hold. */
export const heldAfter = (kind: Kind): string => `held-${kind}`;

/** What is under a legal hold, due or not; why is told with one alone, where it is lifted. */
function heldSection(kind: Kind, page: HeldPage | Away, called: Called) {
  const { heading } = KINDS[kind];
  if (isAway(page)) return { heading, summary: 'Whether any are held cannot be shown just now. Try again in a moment.', rows: [] };
  const rows = page.items.map(({ id, reference, status, heldBy, heldSince }) => ({
    reference,
    href: paths.kept(kind, id),
    status: statusInWords(kind, status),
    since: heldSince === null ? 'Not known' : `Held since ${dayOf(heldSince)}`,
    by: heldBy === null ? 'Not known' : `By ${called(heldBy)}`,
  }));
  return { heading, rows, moreHref: page.next === null ? undefined : paths.retention({ [heldAfter(kind)]: page.next }) };
}

function section(kind: Kind, page: DuePage | Away, called: Called) {
  const { heading } = KINDS[kind];
  const head = { kind, heading };
  if (isAway(page)) return { ...head, summary: 'These cannot be shown just now. Try again in a moment.', rows: [] };
  const rows = page.items.map(({ id, reference, onHold, heldWith, proposedBy, lastContactAt, dueOn, ...basis }) => ({
    reference,
    href: paths.kept(kind, id),
    keptAs: keptAs(basis.class),
    // On a telephone each row is a card without the heads of the columns.
    lastContact: `Last on ${dayOf(lastContactAt)}`,
    dueOn: `Due since ${dayInWords(dueOn)}`,
    onHold,
    heldWith: heldWith === 'no' ? undefined : heldWithSays(kind, heldWith),
    proposed: proposedBy === null ? undefined : `${called(proposedBy)} says that it may go`,
  }));
  const missing = page.isWhole ? undefined : 'Another part of the system does not answer, so not all of these can be judged. What cannot be is kept. Try again in a moment.';
  return { ...head, summary: missing ?? (rows.length === 0 ? nothing(page) : undefined), rows, moreHref: page.next === null ? undefined : paths.retention({ [kind]: page.next }) };
}

function heldWithSays(kind: Kind, heldWith: Review['heldWith']): string {
  if (kind === 'people') return heldWith === 'yes' ? 'They are kept by another legal hold, on somebody who was found to be them or by another council, until that is lifted' : 'It cannot be learnt just now whether a record still names them: they are kept';
  const other = KINDS[kind].with;
  if (heldWith === 'no') return `Its ${other} is not on hold`;
  return heldWith === 'yes' ? `Its ${other} is under a legal hold: both are kept until that is lifted` : `It cannot be learnt just now whether its ${other} is under a legal hold: it is kept`;
}

const nothing = ({ next }: DuePage): string => (next === null ? 'Nothing is due.' : 'None among those looked at so far.');

export interface Form {
  key: string;
  csrf: string;
  seen: number;
  /** What was just tried, with what was typed and why it was refused. */
  tried?: { act: Act; reason: string; error: string; isUnclear?: boolean };
  done?: Act | undefined;
}

/** One record in codes: until when it is kept, and what can be done about that. */
export function reviewPage(kind: Kind, review: Review, { called, form }: { called: Called; form: Form }) {
  const { one, heading } = KINDS[kind];
  const may = (act: Act): boolean => review.permitted.includes(ACTS[act].command);
  const isOwn = review.proposedBy !== null && review.proposedBy === visitor()?.id;
  const hrefs = Object.fromEntries(acts.filter((act) => may(act) && !(act === 'confirm' && isOwn)).map((act) => [act, paths.keptAct(kind, review.id, act)]));
  return {
    title: `${review.reference}: how long it is kept`,
    here: paths.retention(),
    one,
    heading,
    ...form,
    ...triedOf(form, hrefs),
    done: form.done && isDone(form.done, review, isOwn) ? ACTS[form.done].done : undefined,
    hold: review.onHold ? holdOf(review, called) : undefined,
    goes: kind === 'people' ? 'Their name, date of birth, NHS number and address, whatever they are found by and the key that opens it go for good, with those of whoever was joined into them. That there was somebody stays, in codes.' : undefined,
    facts: factsOf(kind, review, called).map(([key, value]) => ({ key: { text: key }, value: { text: value } })),
    concernHref: otherHref('concerns', review.codes['concernId']),
    enquiryHref: otherHref('enquiries', review.codes['enquiryId']),
    personHref: otherHref('people', review.codes['personId']),
    intoHref: otherHref('people', review.codes['into']),
    pack: packOf({ reference: review.reference, personId: kind === 'people' ? undefined : review.codes['personId'] }),
    proposedBySelf: may('confirm') && isOwn,
    hrefs,
  };
}

/** What was just tried where its record cannot be shown either: it can be sent again as it was. */
export function lostPage(kind: Kind, id: string, form: Form & { tried: NonNullable<Form['tried']> }) {
  const hrefs = { [form.tried.act]: paths.keptAct(kind, id, form.tried.act) };
  return { title: 'How long it is kept', here: paths.retention(), ...KINDS[kind], ...form, ...triedOf(form, hrefs), done: undefined, facts: [], hrefs };
}

/** Where its form is gone, what was typed stands as text: it is nobody's to lose. */
function triedOf({ tried }: Form, hrefs: Record<string, string>) {
  if (!tried) return { errors: [], messages: {}, typed: {} };
  const { act, reason, error, isUnclear } = tried;
  const isThere = hrefs[act] !== undefined;
  const errors: FormError[] = [{ text: error, href: isThere ? `#reason-${act}` : '#main-content' }];
  const left = !isThere && reason.trim() !== '' ? reason : undefined;
  return { wrong: isUnclear ? 'It is not known whether it was done' : 'Nothing was done', errors, messages: messagesByField(errors), typed: { [act]: reason }, left };
}

/** An address alone says nothing: the record does. */
function isDone(act: Act, { onHold, proposedBy, status }: Review, isOwn: boolean): boolean {
  if (act === 'hold') return onHold;
  if (act === 'lift') return !onHold;
  if (act === 'propose') return isOwn;
  return act === 'confirm' ? status === 'disposed' : proposedBy === null && status !== 'disposed';
}

/** Whoever lifts a hold, or waits for that, has to know whose it is. */
const holdOf = ({ heldBy, heldSince, holdReason }: Review, called: Called) => ({
  by: heldBy === null ? undefined : called(heldBy),
  since: heldSince === null ? undefined : dayOf(heldSince),
  reason: holdReason ?? undefined,
});

const otherHref = (kind: Kind, id: unknown): string | undefined => (typeof id === 'string' ? paths.kept(kind, id) : undefined);

function factsOf(kind: Kind, { name, status, codes, retention, onHold, heldWith, proposedBy, isDue }: Review, called: Called): [string, string][] {
  const kept: [string, string][] =
    retention === null
      ? [['Kept until', status === 'disposed' ? 'It was disposed of' : keptUntil(kind, status)]]
      : [
          ['Kept as', keptAs(retention.class)],
          ['For', `${retention.years === 0 ? 'No longer than' : `${retention.years} years from`} ${TRIGGERS[retention.trigger] ?? sentence(retention.trigger).toLowerCase()}`],
          ['By', retention.source],
          [kind === 'people' ? 'Last record disposed of on' : 'Last dealt with on', dayOf(retention.lastContactAt)],
          [isDue ? 'Due since' : 'Kept until', dayInWords(retention.dueOn)],
        ];
  const other: [string, string][] = heldWith === 'no' ? [] : [['Kept with another', heldWithSays(kind, heldWith)]];
  const held: [string, string][] = [['Legal hold', onHold ? 'Yes: it is kept until that is lifted' : 'No'], ...other];
  const proposed: [string, string][] = proposedBy === null ? [] : [['May go, says', called(proposedBy)]];
  const named: [string, string][] = kind === 'people' && status !== 'disposed' ? [['Name', nameOf(name)]] : [];
  return [...named, ['Status', statusInWords(kind, status)], ...codesOf(kind, codes), ...kept, ...held, ...proposed];
}

function keptUntil(kind: Kind, status: string): string {
  if (kind !== 'people') return 'Nothing says yet: something is left to be done, or it is kept with another record';
  return status === 'joined' ? 'They go with the person whom they were found to be' : 'Nothing says yet: a record still names them';
}

const nameOf = (name: Review['name']): string => [name?.givenName, name?.familyName].filter(Boolean).join(' ') || 'Not known';

const CODES: Record<string, (value: string, of: Kind) => [string, string]> = {
  receivedAt: (at) => ['Received on', dayOf(at)],
  decidedAt: (at) => ['Decided on', dayOf(at)],
  openedAt: (at) => ['Opened on', dayOf(at)],
  concludedAt: (at) => ['Concluded on', dayOf(at)],
  endedOn: (on) => ['Ended on', dayInWords(on)],
  outcome: (code, of) => ['Outcome', of === 'concerns' ? outcomeInWords(code) : sentence(code)],
  kind: (code) => ['Kind', code === 's42' ? 'Section 42 enquiry' : 'Other enquiry'],
  conductedBy: (code) => ['Made by', sentence(code)],
};

function codesOf(kind: Kind, codes: Review['codes']): [string, string][] {
  const known = Object.entries(codes).flatMap(([name, value]) => (typeof value === 'string' && CODES[name] ? [CODES[name](value, kind)] : []));
  const enquiry: [string, string][] = codes['hasEnquiry'] === true ? [['Its enquiry', codes['isEnquiryGone'] === true ? 'Disposed of' : 'Kept']] : [];
  return [...known, ...enquiry];
}
