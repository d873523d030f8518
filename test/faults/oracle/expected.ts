/** What is expected of the system, written down here a second time: an oracle that asked the product would agree with its mistakes. */
export const services = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'] as const;

export type Service = (typeof services)[number];

/** The services that keep a journal and publish; each has a stream of its own name. */
export const publishers = ['people', 'triage', 'section42', 'dols', 'directory'] as const;

export type Publisher = (typeof publishers)[number];

const staff = String.raw`staff-member\.(registered|roles-changed|disabled|enabled|entered-in-error)`;
const types = (...those: string[]): RegExp => new RegExp(String.raw`^safeguarding\.(${[...those, staff].join('|')})\.v1$`);

/** Whose stream each service reads, and what it takes of it; other types it leaves without a row. */
export const taken: Record<Service, { from: readonly Publisher[]; types: RegExp }> = {
  people: { from: ['triage', 'dols', 'directory'], types: types(String.raw`(concern|dols-request)\.(received|identified|imported)`) },
  triage: { from: ['people', 'directory'], types: types(String.raw`person\.(identified|joined|separated)`) },
  section42: { from: ['triage', 'directory'], types: types(String.raw`concern\.(triaged|imported|reopened|entered-in-error)`) },
  dols: { from: ['people', 'directory'], types: types(String.raw`person\.(identified|joined|separated)`) },
  directory: { from: [], types: /(?!)/ },
  metrics: { from: ['people', 'triage', 'section42', 'dols', 'directory'], types: types(String.raw`(person|concern|enquiry|dols-request)\..*`) },
};

/** Where the broker remembers how far each service has come in each stream. */
export const consumers = services.flatMap((service) => taken[service].from.map((stream) => ({ service, stream, durable: `${service}-from-${stream}` })));

/** What each stream carries: the records that its publisher tells of. */
export const subjects: Record<Publisher, RegExp> = {
  people: /^safeguarding\.person\./,
  triage: /^safeguarding\.concern\./,
  section42: /^safeguarding\.enquiry\./,
  dols: /^safeguarding\.dols-request\./,
  directory: /^safeguarding\.(staff-member|team|organisation|place)\./,
};
