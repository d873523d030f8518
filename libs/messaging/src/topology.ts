/** Each publishing service has one stream, named after it, for the subjects of its own kinds of record. */
export const streams = {
  people: ['safeguarding.person.>'],
  triage: ['safeguarding.concern.>'],
  section42: ['safeguarding.enquiry.>'],
  dols: ['safeguarding.dols-request.>'],
  directory: ['safeguarding.staff-member.>', 'safeguarding.team.>', 'safeguarding.organisation.>', 'safeguarding.place.>'],
} as const;

export type Stream = keyof typeof streams;

/** Which streams a service reads; it has one durable consumer for each. */
export const reads: Readonly<Record<string, readonly Stream[]>> = {
  people: ['triage', 'dols', 'directory'],
  triage: ['people', 'directory'],
  section42: ['triage', 'directory'],
  dols: ['people', 'directory'],
  directory: [],
  metrics: ['people', 'triage', 'section42', 'dols', 'directory'],
};

export const durableName = (service: string, stream: Stream): string => `${service}-from-${stream}`;

/** Where the broker says that it has given up a message of a durable consumer. */
export const advisorySubjects = (stream: string, durable: string): string[] =>
  ['MAX_DELIVERIES', 'MSG_TERMINATED'].map((kind) => `$JS.EVENT.ADVISORY.CONSUMER.${kind}.${stream}.${durable}`);

/** Where every service writes to see whether the broker keeps what it is given; each on a subject of its own. */
export const healthStream = { name: 'health', subjects: 'health.>', subjectOf: (service: string): string => `health.${service}` } as const;
