import type { Role } from './roles.js';

/**
 * How far a right reaches: `any` record of the own authority; those `assigned` to whoever acts, or in a manager's own
 * teams; their `own`, which they raised themselves, with whichever authority, or keep for themselves; `every` authority's,
 * which only measures have, since they lead to nobody.
 */
export const scopes = ['any', 'assigned', 'own', 'every'] as const;
export type Scope = (typeof scopes)[number];

export interface Right extends Partial<Record<Scope, readonly Role[]>> {
  /** What is done, to follow "to". */
  does: string;
  /** Nobody decides so on what they did themselves. */
  byAnother?: true;
  /** Whoever does so has just shown again that it is them: their token says so (`acrs`). */
  stepUp?: true;
}

const assessors = ['best_interests_assessor', 'mental_health_assessor'] as const;
const raisers = ['partner', 'public'] as const;
const onEnquiries = ['enquiry_worker', 'manager'] as const;
const onConcerns = ['triage_officer', 'manager'] as const;
const onRequests = ['dols_administrator', 'manager'] as const;
const keepers = ['data_manager', 'administrator'] as const;
const caseworkers = ['triage_officer', 'enquiry_worker', 'manager', 'dols_administrator', 'authoriser'] as const;

/** Whoever acts for a council in its own name. */
const council = [...caseworkers, ...assessors, 'data_manager', 'auditor', 'administrator'] as const;

/** Who may do what: the one table. An action is named by its record and a verb. */
export const rights = {
  'concern.raise': { does: 'raise a concern', own: [...raisers, ...assessors], any: caseworkers },
  'concern.read': { does: 'read a concern', own: ['partner'], any: [...onConcerns, 'enquiry_worker'] },
  'concern.follow': { does: 'see how the concerns go on that one raised oneself', own: ['partner'] },
  'concern.hear': { does: 'be told by a webhook how the concerns go on that one raised oneself', own: ['partner'] },
  'concern.tell_more': { does: 'answer what is asked of a concern that one raised oneself, or write what else one knows', own: ['partner'] },
  'concern.follow_by_code': { does: 'follow by a code a concern that was raised without an account, and add words and files to it', own: ['public'] },
  'concern.read_case': { does: 'read every word of a concern', any: [...onConcerns, 'enquiry_worker'] },
  'concern.read_story': { does: 'read what happened to a concern, and who did it', any: [...onConcerns, 'auditor'] },
  'concern.list': { does: 'see the concerns that wait for a decision, are decided, or whose referrer waits for an answer', any: onConcerns },
  'concern.assign': { does: 'take a concern or give it to a colleague', any: onConcerns },
  'concern.add_file': { does: 'add a file to a concern, and see what became of it', own: raisers, any: [...onConcerns, 'enquiry_worker'] },
  'concern.triage': { does: 'decide a concern', any: onConcerns },
  'concern.look_again': { does: 'decide again, blind, what somebody else decided', any: onConcerns },
  'concern.record_wishes': { does: 'record what the person wants', any: onConcerns },
  'concern.ask': { does: 'ask for what a concern came without', any: onConcerns },
  'concern.answer': { does: 'record what was missing and has come', any: onConcerns },
  'concern.reopen': { does: 'open a decided concern again', any: onConcerns },
  'concern.tell_referrer': { does: 'tell a referrer what became of their concern', any: onConcerns },
  'concern.record_route': { does: 'see which concerns were sent on and nobody has said that they have them, and record that they do or do not take them', any: onConcerns },
  'concern.correct': { does: 'put right what a concern says', any: onConcerns },
  'concern.enter_in_error': { does: 'say or confirm that a concern was entered in error', any: onConcerns },
  'concern.restrict': { does: 'restrict a concern to some of the staff, and say to whom', any: ['manager'] },
  'concern.keep_from': { does: 'keep a concern from some of the staff', any: onConcerns },
  'concern.keep_no_more': { does: 'say that a concern need not be kept from somebody any more', any: ['manager'] },
  'concern.declare_interest': { does: 'say that a concern must not be one’s own to see', any: [...onConcerns, 'enquiry_worker'] },
  'concern.break_glass': { does: 'open a restricted concern for an hour without being named', any: [...onConcerns, 'enquiry_worker'], stepUp: true },
  'concern.list_glass': { does: 'see who opened a restricted concern without being named', any: ['manager', 'auditor'] },
  'concern.review_retention': { does: 'see which concerns have been kept for as long as they have to be', any: ['data_manager'] },
  'concern.hold': { does: 'keep a concern whatever its retention says, or lift that', any: ['data_manager'] },
  'concern.dispose': { does: 'say or confirm that a concern is disposed of', any: ['data_manager'] },

  'enquiry.read': { does: 'read an enquiry', any: ['triage_officer', ...onEnquiries] },
  'enquiry.read_story': { does: 'read what happened to an enquiry, and who did it', any: [...onEnquiries, 'auditor'] },
  'enquiry.list': { does: 'see the enquiries that nobody has', any: ['manager'] },
  'enquiry.allocate': { does: 'give an enquiry to a worker', any: ['manager'] },
  'enquiry.cause': { does: 'have another agency make an enquiry', any: ['manager'] },
  'enquiry.check_progress': { does: 'record how far the other agency is', any: onEnquiries },
  'enquiry.plan': { does: 'record what the person wants of an enquiry', any: onEnquiries },
  'enquiry.conclude': { does: 'conclude an enquiry', any: onEnquiries },
  'enquiry.reopen': { does: 'open a concluded enquiry again', any: ['manager'] },
  'enquiry.answer_whether_to_go_on': { does: 'say whether an enquiry goes on', any: ['manager'] },
  'enquiry.protect': { does: 'keep and review a protection plan', any: onEnquiries },
  'enquiry.correct': { does: 'put right what an enquiry says', any: onEnquiries },
  'enquiry.enter_in_error': { does: 'say or confirm that an enquiry was entered in error', any: onEnquiries },
  'enquiry.review_retention': { does: 'see which enquiries have been kept for as long as they have to be', any: ['data_manager'] },
  'enquiry.hold': { does: 'keep an enquiry whatever its retention says, or lift that', any: ['data_manager'] },
  'enquiry.dispose': { does: 'say or confirm that an enquiry is disposed of', any: ['data_manager'] },

  'dols_request.ask': { does: 'ask for a standard authorisation', own: ['partner'], any: ['dols_administrator'] },
  'dols_request.read': { does: 'read a DoLS request', own: ['partner'], assigned: assessors, any: [...onRequests, 'authoriser'] },
  'dols_request.list': { does: 'see the DoLS requests that wait, and what is owed to them', any: [...onRequests, 'authoriser'] },
  'dols_request.see_beside': { does: 'see which DoLS requests there are of somebody whose case one works on', any: caseworkers },
  'dols_request.screen': { does: 'screen a DoLS request', any: onRequests },
  'dols_request.prioritise': { does: 'give a DoLS request its band', any: onRequests },
  'dols_request.allocate': { does: 'give a DoLS request to its assessors', any: onRequests },
  'dols_request.assess': { does: 'record an assessment', assigned: assessors, any: ['dols_administrator'] },
  'dols_request.record_contact': { does: 'record a look at somebody who waits', assigned: assessors, any: ['dols_administrator'] },
  'dols_request.decide': { does: 'decide a DoLS request', any: ['authoriser'], byAnother: true },
  'dols_request.end': { does: 'end an authorisation', any: ['dols_administrator', 'authoriser'] },
  'dols_request.suspend': { does: 'suspend an authorisation or let it go on', any: ['dols_administrator', 'authoriser'] },
  'dols_request.renew': { does: 'link a request to the one it renews', any: ['dols_administrator'] },
  'dols_request.correct': { does: 'put right what a DoLS request says', any: onRequests },
  'dols_request.correct_authorisation': { does: 'put right the days of an authorisation', any: ['authoriser'], byAnother: true },
  'dols_request.enter_in_error': { does: 'say or confirm that a DoLS request was entered in error', any: onRequests },
  'dols_request.restrict': { does: 'restrict a DoLS request to some of the staff, and say to whom', any: ['manager'] },
  'dols_request.keep_from': { does: 'keep a DoLS request from some of the staff', any: onRequests },
  'dols_request.keep_no_more': { does: 'say that a DoLS request need not be kept from somebody any more', any: ['manager'] },
  'dols_request.declare_interest': { does: 'say that a DoLS request must not be one’s own to see', assigned: assessors, any: [...onRequests, 'authoriser'] },
  'dols_request.break_glass': { does: 'open a restricted DoLS request for an hour without being named', any: [...onRequests, 'authoriser'], stepUp: true },
  'dols_request.list_glass': { does: 'see who opened a restricted DoLS request without being named', any: ['manager', 'auditor'] },
  'dols_request.review_retention': { does: 'see which DoLS requests have been kept for as long as they have to be', any: ['data_manager'] },
  'dols_request.hold': { does: 'keep a DoLS request whatever its retention says, or lift that', any: ['data_manager'] },
  'dols_request.dispose': { does: 'say or confirm that a DoLS request is disposed of', any: ['data_manager'] },

  'person.read_names': { does: 'read the names for a page of records', any: caseworkers },
  'person.find': { does: 'find somebody by their name', any: [...onConcerns, 'dols_administrator', 'data_manager'] },
  'person.read': { does: 'read who somebody is', any: [...caseworkers, 'data_manager'] },
  'person.match': { does: 'see who else somebody may be', any: [...onConcerns, 'dols_administrator', 'data_manager'] },
  'person.join': { does: 'join two records of people, separate them or keep them apart', any: ['manager', 'data_manager'] },
  'person.correct': { does: 'put right who somebody is', any: [...onConcerns, 'enquiry_worker', 'dols_administrator', 'data_manager'] },
  'person.review_retention': { does: 'see whom no record needs any more', any: ['data_manager'] },
  'person.hold': { does: 'keep who somebody is whatever retention says, or lift that', any: ['data_manager'] },
  'person.dispose': { does: 'say or confirm that who somebody is is disposed of', any: ['data_manager'] },
  'person.export': { does: 'export everything that is held about somebody, for a request of theirs', any: ['data_manager'], stepUp: true },

  'staff_member.read': { does: 'read who works here, and who is away', any: council },
  'staff_member.read_story': { does: 'read what happened to the record of somebody who works here, and who did it', any: ['administrator', 'auditor'] },
  'staff_member.register': { does: 'register somebody who works here', any: ['administrator'] },
  'staff_member.change_roles': { does: 'give or take a role', any: ['administrator'], byAnother: true },
  'staff_member.change_teams': { does: 'put somebody into a team or take them out of it', any: ['administrator'] },
  'staff_member.record_leave': { does: 'record when somebody is away', assigned: ['manager'], any: ['administrator'] },
  'staff_member.appoint_deputy': { does: 'say who acts for somebody', assigned: ['manager'], any: ['administrator'] },
  'staff_member.disable': { does: 'disable or enable somebody, or end their sessions', any: ['administrator'], byAnother: true },
  'staff_member.correct': { does: 'put right what somebody who works here is called', any: ['administrator'] },
  'staff_member.enter_in_error': { does: 'say or confirm that somebody was registered in error', any: ['administrator'] },
  'staff_member.keep_views': { does: 'save views of the queues for oneself', own: ['triage_officer', 'manager', 'dols_administrator', 'authoriser'] },

  'team.read': { does: 'read the teams', any: council },
  'team.read_story': { does: 'read what happened to a team, and who did it', any: ['administrator', 'auditor'] },
  'team.form': { does: 'form a team', any: ['administrator'] },
  'team.correct': { does: 'put right what a team is called', any: ['administrator'] },
  'team.close': { does: 'close a team', any: ['administrator'] },
  'team.enter_in_error': { does: 'say or confirm that a team was entered in error', any: ['administrator'] },

  'organisation.read': { does: 'read the partner organisations', any: ['partner', ...council] },
  'organisation.read_story': { does: 'read what happened to an organisation’s record, and who did it', any: [...keepers, 'auditor'] },
  'organisation.register': { does: 'register a partner organisation', any: keepers },
  'organisation.correct': { does: 'put right what is known of an organisation', any: keepers },
  'organisation.close': { does: 'record that an organisation is no more', any: keepers },
  'organisation.enter_in_error': { does: 'say or confirm that an organisation was entered in error', any: keepers },

  'place.read': { does: 'read the places where people live or are cared for', any: ['partner', ...council] },
  'place.read_story': { does: 'read what happened to a place’s record, and who did it', any: [...keepers, 'auditor'] },
  'place.register': { does: 'register a place', any: keepers },
  'place.correct': { does: 'put right what is known of a place', any: keepers },
  'place.take_over': { does: 'record that another organisation runs a place', any: keepers },
  'place.close': { does: 'record that a place is no more', any: keepers },
  'place.enter_in_error': { does: 'say or confirm that a place was entered in error', any: keepers },

  'mention.read': { does: 'see how an extract names organisations', any: keepers },
  'mention.match': { does: 'say which organisation an extract means', any: keepers },
  'mention.dismiss': { does: 'say that an extract means no organisation', any: keepers },

  'measures.read': { does: 'read the measures', every: ['board_member'], any: ['manager', 'data_manager', 'auditor'] },

  'reading.list': { does: 'see who read which records', any: ['auditor'] },

  'outbox.read': { does: 'read what was sent on this machine, where people are invented', any: onConcerns },

  'webhook.list': { does: 'see which programs are told of changes, and what did not reach them', any: keepers },
  'webhook.end': { does: 'have a program be told no more', any: ['administrator'] },

  'letter.list': { does: 'see which messages were set aside', any: ['data_manager', 'administrator'] },
  'letter.read': { does: 'read a message that was set aside', any: ['data_manager'] },
  'letter.resend': { does: 'send a message again that was set aside', any: ['data_manager'] },
  'quarantine.read': { does: 'read rows that an import set aside', any: keepers },
  'quarantine.mend': { does: 'mend rows that an import set aside', any: keepers },
} as const satisfies Record<string, Right>;

export type Action = keyof typeof rights;

export const actions = Object.keys(rights) as Action[];

/** How far a role's right to an action reaches; undefined where it has none. */
export function scopeOf(action: Action, role: Role): Scope | undefined {
  const right: Right = rights[action];
  return scopes.find((scope) => right[scope]?.includes(role));
}
