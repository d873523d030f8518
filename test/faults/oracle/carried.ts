import type { Client } from 'pg';
import type { Message } from './broker.ts';
import { publishers, services, subjects, taken } from './expected.ts';
import { doubled, type Finding, lost, wrong } from './finding.ts';
import type { Journals } from './journals.ts';

/** One published event for each journal row that is published, under our id; and no other but those a fault put there. */
export function published(journals: Journals, messages: readonly Message[], isAllowed: (id: string) => boolean): Finding[] {
  const times = new Map<string, number>();
  for (const { id } of messages) times.set(id, (times.get(id) ?? 0) + 1);
  const wanted = new Set(publishers.flatMap((service) => journals[service].filter((row) => row.contract_sequence !== null).map(({ id }) => `${id}:v1`)));
  return [
    ...[...wanted].filter((id) => !times.has(id)).map((id) => lost(`${id} is in no stream`)),
    ...[...times].filter(([id, count]) => count > 1 && wanted.has(id)).map(([id, count]) => doubled(`${id} is ${count} times in its stream`)),
    ...messages.filter(({ id, stream, type }) => wanted.has(id) && !subjects[stream].test(type)).map(({ id, stream, type }) => wrong(`${id}, a ${type}, is in the stream of ${stream}`)),
    ...[...times.keys()].filter((id) => !wanted.has(id) && !isAllowed(id)).map((id) => wrong(`${id || 'a message without an id'} is in a stream and in no journal`)),
  ];
}

/** One inbox row for each message, in each service that takes its type. The database itself allows no second. */
export async function taking(client: Client, journals: Journals, messages: readonly Message[]): Promise<Finding[]> {
  const ids = new Set(publishers.flatMap((service) => journals[service].map(({ id }) => `${id}:v1`)));
  const types = new Map(messages.filter(({ id }) => ids.has(id)).map(({ id, type }) => [id, type]));
  const findings: Finding[] = [];
  for (const service of services) {
    const wanted = [...types].filter(([, type]) => taken[service].types.test(type)).map(([id]) => id);
    const { rows } = await client.query(`select id from unnest($1::text[]) as wanted(id) where not exists (select from ${service}.inbox where message_id = id)`, [wanted]);
    findings.push(...rows.map(({ id }) => lost(`${service} has not taken ${id}, a ${types.get(id as string)}`)));
  }
  return findings;
}

/** Nothing was set aside but what a fault meant to be. */
export async function letters(client: Client, isMeant: (messageId: string) => boolean): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of services) {
    const { rows } = await client.query(`select message_id, type, error_class from ${service}.dead_letter`);
    findings.push(...rows.filter((row) => !isMeant(row.message_id as string)).map((row) => lost(`${service} set aside ${row.message_id}, a ${row.type}: ${row.error_class}`)));
  }
  return findings;
}
