import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Rule {
  alert: string;
  expr: string;
  labels?: { severity?: string };
  annotations?: { summary?: string; description?: string };
}

const folder = join(import.meta.dirname, '../deploy/alerts');

/** Every alert rule that is deployed. */
export const alertRules = (): Rule[] =>
  readdirSync(folder).flatMap((file) => (parse(readFileSync(join(folder, file), 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules));

/** The metrics that the rules go by, as Prometheus calls them. */
export const metricsOfRules = (): string[] => [...new Set(alertRules().flatMap(({ expr }) => expr.match(/\bcaseward_\w+/g) ?? []))];

/** What the collector makes of the name of a gauge. */
export function prometheusName({ name, unit = '' }: { name: string; unit?: string }): string {
  const suffix = ({ s: '_seconds', '1': '_ratio' } as Record<string, string>)[unit] ?? '';
  return `${name.replaceAll('.', '_')}${suffix}`;
}
