import { migrate } from '#libs/journal';
import { setUpStreams } from '#libs/messaging';
import { setUpUser } from '../servers/nats.ts';
import { prepareDatabase, roleUrl } from './database.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Secrets } from './secrets.ts';
import { serviceNames, siteSchemas } from './services.ts';

export type StreamLimits = NonNullable<Parameters<typeof setUpStreams>[1]>;

/** Makes database and broker ready for the services: roles, schemas, tables; streams and consumers. May be repeated. */
export async function prepareInfrastructure(infrastructure: Infrastructure, secrets: Secrets, limits: StreamLimits): Promise<void> {
  await Promise.all([prepareTables(infrastructure.ownerUrl, secrets), prepareStreams(infrastructure, limits)]);
}

/** Makes the streams and consumers that are not there: a broker whose store was lost has none. */
export function prepareStreams({ natsUrl, brokerLogin }: Infrastructure, limits: StreamLimits): Promise<void> {
  return setUpStreams({ url: natsUrl, ...brokerLogin(setUpUser) }, limits);
}

async function prepareTables(ownerUrl: string, secrets: Secrets): Promise<void> {
  await prepareDatabase(ownerUrl, serviceNames, secrets);
  const steps = [
    ...serviceNames.map((service) => ({ schema: service as string, in: `apps/${service}` })),
    ...Object.entries(siteSchemas).map(([site, schema]) => ({ schema, in: `apps/${site}` })),
  ];
  await Promise.all(
    steps.map(async ({ schema, in: place }) => {
      const { migrations } = (await import(new URL(`../../dist/${place}/src/migrations/index.js`, import.meta.url).href)) as { migrations: Parameters<typeof migrate>[0]['migrations'] };
      await migrate({ url: roleUrl(ownerUrl, { service: schema, role: 'migrate' }, secrets), schema, migrations });
    }),
  );
}
