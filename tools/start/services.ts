/** The services in the order in which a case passes them, with the kind of record each tells the others about. */
export const services = [
  { name: 'people', publishes: 'person' },
  { name: 'triage', publishes: 'concern' },
  { name: 'section42', publishes: 'enquiry' },
  { name: 'dols', publishes: 'dols-request' },
  { name: 'metrics', publishes: undefined },
] as const;

export type ServiceName = (typeof services)[number]['name'];

export const serviceNames: readonly ServiceName[] = services.map(({ name }) => name);

/** The roles that a service has in the database. */
export const databaseRoles = ['app', 'relay', 'maintain', 'migrate'] as const;

export type DatabaseRole = (typeof databaseRoles)[number];
