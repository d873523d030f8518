import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { relaySession } from '../plant/system.ts';
import type { Fault, Hit } from './fault.ts';

const publishing = ['people', 'triage', 'section42', 'dols'] as const;
type Publishing = (typeof publishing)[number];

const takeOverMs = 5_000;
const patienceMs = 30_000;

/** Which of a service's two processes holds the relay's lock; undefined: neither. */
async function holder(client: Client, service: Publishing): Promise<1 | 2 | undefined> {
  const statement = `select application_name as name from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted and application_name like $1`;
  const { rows } = await client.query(statement, [`${service}-relay-%`]);
  return ([1, 2] as const).find((number) => rows.some(({ name }) => name === relaySession(service, number)));
}

/** How long the oldest event has waited for the broker, in milliseconds; 0 where none waits. */
async function oldestMs(client: Client, service: Publishing): Promise<number> {
  const { rows } = await client.query(`select coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::float8 * 1000 as ms from ${service}.outbox`);
  return rows[0].ms as number;
}

/** Kills the process that carries, and waits until the other does; returns how long it took, and the longest that an event waited. */
async function takeOver(client: Client, { system, load }: Hit, service: Publishing) {
  const both = { 1: system.services[service], 2: system.twin(service) };
  const killed = (await holder(client, service)) ?? 1;
  const at = performance.now();
  await both[killed].end('SIGKILL');
  let oldest = 0;
  for (; (await holder(client, service)) !== 3 - killed && performance.now() - at < patienceMs; await pause(20)) oldest = Math.max(oldest, await oldestMs(client, service));
  const tookMs = performance.now() - at;
  await load.untilDone(10, 5_000);
  return { tookMs, oldest: Math.max(oldest, await oldestMs(client, service)) };
}

export const relayKilled: Fault = {
  name: 'two processes of a service: the one that carries killed, the other takes over',
  isQuick: false,
  async strike(hit) {
    const { system, load, random } = hit;
    const service = random.pick(publishing);
    try {
      for (let time = 0; time < 2; time += 1) {
        await Promise.all([system.services[service], system.twin(service)].map((one) => one.start()));
        await load.untilDone(5 + random.below(10), 5_000);
        const { tookMs, oldest } = await system.asOwner((client) => takeOver(client, hit, service));
        load.notes.push(`${service}: the other took over after ${Math.round(tookMs)} ms; an event waited ${Math.round(oldest)} ms at most`);
        if (Math.max(tookMs, oldest) > takeOverMs) load.wrongs.push(`${service}: nobody carried within ${takeOverMs} ms`);
      }
    } finally {
      await system.services[service].start();
      await system.twin(service).end('SIGTERM');
    }
  },
};
