import type { Action } from '#libs/access';
import { may } from './may.js';
import { paths } from './paths.js';

/** A queue, and the right that it takes to see it. */
const QUEUES = [
  { name: 'triage', text: 'Awaiting triage', needs: 'concern.list' },
  { name: 'feedback', text: 'To be told', needs: 'concern.list' },
  { name: 'unsent', text: 'Not arrived', needs: 'concern.list' },
  { name: 'sent-on', text: 'Sent on', needs: 'concern.record_route' },
  { name: 'decided', text: 'Decided', needs: 'concern.list' },
  { name: 'second', text: 'Second looks', needs: 'concern.look_again' },
  { name: 'enquiries', text: 'Unallocated enquiries', needs: 'enquiry.list' },
  { name: 'dols', text: 'Waiting for DoLS', needs: 'dols_request.list' },
] as const satisfies { name: string; text: string; needs: Action }[];
export type QueueName = (typeof QUEUES)[number]['name'];

/** The queues that whoever is signed in may see. */
export const ownQueues = (): { name: QueueName; text: string }[] => QUEUES.filter(({ needs }) => may(needs));

/** The same as links above a queue. */
export const tabs = (current: QueueName, authority: string) => ownQueues().map(({ name, text }) => ({ text, href: paths.queue(name, { authority }), current: name === current }));

/** What stands above every page, each for whoever may open it; what was sent on this machine only where that is for trying out. */
export const navigation = (isForTryingOut: boolean) => [
  { text: 'Board report', href: paths.board(), isFor: () => may('measures.read') },
  { text: 'Queues', href: paths.queues(), isFor: () => ownQueues().length > 0 },
  { text: 'Find a person', href: paths.findPerson(), isFor: () => may('person.find') },
  { text: 'Restricted', href: paths.restricted(), isFor: () => may('concern.read_case') || may('dols_request.list') || may('concern.list_glass') },
  { text: 'Subject access', href: paths.subjectAccess(), isFor: () => may('person.export') },
  { text: 'Retention', href: paths.retention(), isFor: () => may('concern.review_retention') },
  { text: 'Imports', href: paths.quarantine(), isFor: () => may('quarantine.read') },
  { text: 'Messages', href: paths.messages(), isFor: () => may('letter.list') },
  { text: 'Colleagues', href: paths.staff(), isFor: () => may('staff_member.disable') },
  { text: 'Organisations', href: paths.organisations(), isFor: () => may('organisation.correct') },
  { text: 'Programs', href: paths.programs(), isFor: () => may('webhook.list') },
  { text: 'Outbox', href: paths.outbox(), isFor: () => isForTryingOut && may('outbox.read') },
  { text: 'Who read what', href: paths.audit(), isFor: () => may('reading.list') },
];

const CARDS: { heading: string; href: string; text: string; needs: Action }[] = [
  { needs: 'measures.read', heading: 'Board report', href: paths.board(), text: 'What is happening, for the quality subgroup: each measure with its chart, its table and what the Care Quality Commission published.' },
  { needs: 'concern.list', heading: 'Concerns awaiting triage', href: paths.queue('triage'), text: 'Everything that nobody has decided yet, with both clocks.' },
  { needs: 'concern.list', heading: 'To be told', href: paths.queue('feedback'), text: 'Decided concerns whose referrer has not heard what became of them.' },
  { needs: 'concern.list', heading: 'Not arrived', href: paths.queue('unsent'), text: 'Messages to whoever raised a concern that did not reach them, with why.' },
  { needs: 'concern.record_route', heading: 'Sent on', href: paths.queue('sent-on'), text: 'Concerns that go to somebody else, of whom nobody has said that they have them.' },
  { needs: 'concern.list', heading: 'Decided', href: paths.queue('decided'), text: 'What was decided, the newest first, by outcome and by who decided it.' },
  { needs: 'concern.look_again', heading: 'Second looks', href: paths.queue('second'), text: 'Decisions drawn by lot, to be made again by somebody who does not know them.' },
  { needs: 'enquiry.list', heading: 'Unallocated enquiries', href: paths.queue('enquiries'), text: 'Enquiries that have been opened and that nobody has been given.' },
  { needs: 'dols_request.list', heading: 'Waiting for DoLS', href: paths.queue('dols'), text: 'Requests by priority band and age, and those past their longest wait.' },
  { needs: 'person.find', heading: 'Find a person', href: paths.findPerson(), text: 'Whether anybody has raised a worry about somebody: by their name, date of birth, postcode or NHS number.' },
  { needs: 'concern.read_case', heading: 'Restricted records', href: paths.restricted(), text: 'What is open to you and others by name, and to nobody else.' },
  { needs: 'dols_request.list', heading: 'Restricted records', href: paths.restricted(), text: 'DoLS requests that are open to you and others by name, and to nobody else.' },
  { needs: 'concern.list_glass', heading: 'Opened without being named', href: paths.restricted(), text: 'Who opened a restricted record that is not open to them.' },
  { needs: 'person.export', heading: 'Answer a subject access request', href: paths.subjectAccess(), text: 'Everything held about one person as a document, with what may be other people’s flagged.' },
  { needs: 'concern.review_retention', heading: 'Kept long enough', href: paths.retention(), text: 'Records that may go by two people, and the legal holds that keep them.' },
  { needs: 'quarantine.read', heading: 'Rows set aside by an import', href: paths.quarantine(), text: 'What could not be taken, why, and a form to mend it.' },
  { needs: 'reading.list', heading: 'Who read what', href: paths.audit(), text: 'For auditors: who opened which record, when and why, and what of it to ask about.' },
  { needs: 'letter.list', heading: 'Messages set aside', href: paths.messages(), text: 'What one service told another and could not be handled: what it says, and a button that sends it again.' },
  { needs: 'staff_member.disable', heading: 'Colleagues', href: paths.staff(), text: 'Who works here: end somebody’s sessions after a lost laptop, or disable them.' },
  { needs: 'organisation.correct', heading: 'Partner organisations', href: paths.organisations(), text: 'Which account signs in for which of them, so that what it raises says whose it is.' },
  { needs: 'webhook.list', heading: 'Partners’ programs', href: paths.programs(), text: 'Which of them are told how their concerns go on, and what did not reach them.' },
];

/** What the first page offers whoever is signed in, each page once. */
export const cards = () => CARDS.filter(({ needs, href }, at) => may(needs) && !CARDS.slice(0, at).some((one) => one.href === href && may(one.needs)));
