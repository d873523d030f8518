import { durableName, reads, type Stream, streams } from '../../libs/messaging/src/topology.ts';
import type { BrokerUser } from '../servers/nats.ts';

/** The services in the order in which a case passes them; then who works on it, and what it comes to. */
export const serviceNames = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'] as const;

export type ServiceName = (typeof serviceNames)[number];

/** The sites, and the schema of each. */
export const siteSchemas = { 'partner-site': 'partner_site', 'staff-site': 'staff_site' } as const;

export type SiteName = keyof typeof siteSchemas;

/** The roles that a site has in the database. */
export const siteRoles = ['app', 'migrate'] as const;

/** The roles that a service has in the database; no process of ours signs in as the auditor. */
export const databaseRoles = ['app', 'relay', 'maintain', 'migrate', 'auditor'] as const;

export type DatabaseRole = (typeof databaseRoles)[number];

/** Who signs in to the broker, and what each tells and reads there. */
export const brokerUsers: readonly BrokerUser[] = serviceNames.map((name) => ({
  name,
  publishes: Object.hasOwn(streams, name) ? { stream: name, subjects: streams[name as Stream] } : undefined,
  reads: (reads[name] ?? []).map((stream) => ({ stream, durable: durableName(name, stream) })),
}));
