import type { ServiceName } from '../../tools/start/services.ts';

/**
 * What a transaction of `SERVICE_app` sees of a table: its `own` authority's rows and those that belong to it; all of them
 * if it only says for whom it runs (`told`); all of them only where it sees `all`; `none`.
 */
export type Share = 'own' | 'told' | 'all' | 'none';

const journal = {
  journal: 'own', read_audit: 'own', record_key: 'own', narrative: 'own', outbox: 'told', idempotency: 'told', alias: 'told', relay_state: 'none', seal: 'none', retired_key: 'told',
} as const;
const messages = { inbox: 'told', dead_letter: 'told', parked: 'told', resending: 'told', reason: 'told' } as const;
const imports = { extract_row: 'told', quarantine: 'own', data_quality_flag: 'told' } as const;

/** Every table that is guarded. One that is made stands here, or among the exceptions with the reason. */
export const guarded: Record<ServiceName, Record<string, Share>> = {
  people: {
    ...journal, ...messages, ...imports,
    person: 'own', person_authority: 'own', identity: 'own', person_token: 'own', claim: 'own', possible_match: 'own', imported_naming: 'own', restriction: 'told',
  },
  triage: { ...journal, ...messages, ...imports, organisation_named: 'own', concern: 'own', second_look: 'own', awaited_route: 'own', restriction: 'told', sending: 'own', local_outbox: 'own', following: 'own', webhook: 'own', webhook_notice: 'own', upload: 'own', file_part: 'own', known_place: 'own' },
  section42: { ...journal, ...messages, ...imports, enquiry: 'own', restriction: 'told' },
  dols: { ...journal, ...messages, ...imports, organisation_named: 'own', dols_request: 'own', restriction: 'told' },
  directory: { ...journal, ...messages, staff_member: 'own', team: 'own', organisation: 'own', place: 'own', mention: 'own' },
  metrics: {
    ...messages,
    event: 'all', disposed_person: 'all', concern_fact: 'own', telling_fact: 'own', enquiry_fact: 'own', dols_fact: 'own', person_fact: 'told', alias_fact: 'told', tally: 'own', repeat_concern: 'own',
  },
};

/** Tables without a policy, and why. */
export const exceptions: Record<string, string> = {
  known_staff: 'It is read to find out who asks, before anybody can say for whom the request runs; it holds ids, roles and councils of accounts.',
  migration: 'Which migrations were run: the migrations’ own, and nobody else’s.',
};

/** Tables of the sites: they belong to whoever holds a secret, and to no authority. */
export const ofSites: Record<string, string> = {
  session: 'Found by the hash of what a browser holds, and encrypted for it.',
  draft: 'Found by what follows from a secret that no server holds, and encrypted under it (ADR 12).',
  migration: exceptions['migration']!,
};

/** What the auditor of a service reads. */
export const audited = ['journal', 'read_audit', 'resending', 'seal'];

/** Tables that show a record that can be restricted, and yet have no policy that hides it, with the reason. */
export const notHidden: Record<string, string> = {
  record_key: 'Shown with its story, which is hidden.',
  narrative: 'Likewise.',
  dead_letter: 'Whoever lists and reads letters is asked for (DeadLetters); what sets one aside or sends it again sees all.',
  parked: 'A message that waits for another, by its id.',
  restriction: 'It is what the policies ask; ids and who is named.',
};
