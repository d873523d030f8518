import type { OnApplicationBootstrap } from '@nestjs/common';
import { metrics, type ObservableGauge } from '@opentelemetry/api';
import type { ServiceConfig } from './config.js';
import { Health, type HealthState } from './health.js';

/** What a service tells a collector about itself, by name; the rules in `deploy/alerts` go by these. */
export const gauges = {
  outboxAge: { name: 'caseward.outbox.age', unit: 's', description: 'How long the oldest event has waited for the broker' },
  outboxRows: { name: 'caseward.outbox.rows', unit: '{event}', description: 'Events that wait for the broker' },
  streamFilled: { name: 'caseward.stream.filled', unit: '1', description: 'How much of its room a stream has taken, from 0 to 1' },
  databaseUp: { name: 'caseward.database.up', unit: '{up}', description: '1 while the database answers, 0 while it does not' },
  brokerUp: { name: 'caseward.broker.up', unit: '{up}', description: '1 while the broker keeps what it is given, 0 while it does not' },
} as const;

type Name = keyof typeof gauges;

/** Observes the service's health whenever a collector is told. */
export class Gauges implements OnApplicationBootstrap {
  constructor(
    private readonly health: Health,
    private readonly config: Pick<ServiceConfig, 'SERVICE_NAME'>,
    private readonly publishes: boolean,
  ) {}

  onApplicationBootstrap(): void {
    const meter = metrics.getMeter('health');
    const made = Object.entries(gauges).map(([key, { name, ...options }]) => [key, meter.createObservableGauge(name, options)] as const);
    const byName = Object.fromEntries(made) as Record<Name, ObservableGauge>;
    meter.addBatchObservableCallback(
      async (result) => {
        for (const { gauge, value, stream } of observed(await this.health.state(), this.publishes)) {
          result.observe(byName[gauge], value, { service: this.config.SERVICE_NAME, ...(stream ? { stream } : {}) });
        }
      },
      Object.values(byName),
    );
  }
}

interface Observed {
  gauge: Name;
  value: number;
  stream?: string;
}

function observed({ checks }: HealthState, publishes: boolean): Observed[] {
  const all: Observed[] = [
    { gauge: 'databaseUp', value: checks.database === 'up' ? 1 : 0 },
    { gauge: 'brokerUp', value: checks.broker === 'up' ? 1 : 0 },
    ...Object.entries(checks.streams).map(([stream, value]) => ({ gauge: 'streamFilled', value, stream }) as const),
  ];
  if (publishes && checks.outbox) {
    all.push({ gauge: 'outboxAge', value: checks.outbox.oldestSeconds }, { gauge: 'outboxRows', value: checks.outbox.rows });
  }
  return all;
}
