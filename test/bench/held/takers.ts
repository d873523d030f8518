/** The services that keep records, in the order in which a case passes them. */
export const keepers = ['people', 'triage', 'section42', 'dols'] as const;
export type Keeper = (typeof keepers)[number];

/**
 * Which of what is laid each of them takes from the others: a spec holds it against what their handlers say. What
 * `metrics` takes follows from the contracts when its facts are drawn up.
 */
export const takes: Readonly<Record<Keeper, readonly string[]>> = {
  people: [
    'safeguarding.concern.received.v1', 'safeguarding.concern.identified.v1', 'safeguarding.concern.imported.v1', 'safeguarding.concern.disposed.v1',
    'safeguarding.dols-request.received.v1', 'safeguarding.dols-request.identified.v1', 'safeguarding.dols-request.imported.v1', 'safeguarding.dols-request.disposed.v1',
  ],
  triage: ['safeguarding.person.identified.v1', 'safeguarding.person.joined.v1', 'safeguarding.person.separated.v1'],
  section42: ['safeguarding.concern.triaged.v1', 'safeguarding.concern.imported.v1', 'safeguarding.concern.reopened.v1', 'safeguarding.concern.entered-in-error.v1'],
  dols: ['safeguarding.person.identified.v1', 'safeguarding.person.joined.v1', 'safeguarding.person.separated.v1'],
};
