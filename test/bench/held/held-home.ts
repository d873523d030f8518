import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { KeyFile } from '#libs/journal';
import { Home } from '../../../tools/start/home.ts';
import { keyFile } from '../../../tools/start/secrets.ts';
import type { Ground } from '../bench.ts';
import { BenchSystem } from '../plant/bench-system.ts';
import { keptHome } from '../plant/homes.ts';
import { ageStreams, forgetReaders } from './aged-streams.ts';
import { lay } from './lay.ts';
import type { Laid } from './lay-batch.ts';
import { findMarker, mark, type Marker } from './marker.ts';
import type { HeldPlan } from './plan.ts';
import { type Keeper, keepers } from './takers.ts';

/** What is held follows from this and not from the seed of a run, which would have it laid anew each time. */
export const heldSeed = 1;

/** A running system on a home that holds the plan: the one of an earlier run where there is one, or else one that is laid now. */
export async function heldSystem(ground: Ground, plan: HeldPlan): Promise<{ system: BenchSystem; laid: Laid & { seconds: number } }> {
  const home = keptHome(plan.name);
  const found = findMarker(home, plan);
  if (!found && readdirSync(home).length > 0) {
    ground.say(`what ${plan.name} holds is not whole, or of another version: it is laid anew`);
    await new BenchSystem(home).remove();
  }
  const system = await ground.system({ keptAs: plan.name });
  return { system, laid: found ?? (await fill(ground, system, plan)) };
}

async function fill(ground: Ground, system: BenchSystem, plan: HeldPlan): Promise<Marker> {
  const startedAt = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedAt) / 1_000);
  let saidAt = 0;
  const onLaid = (concerns: number): void => {
    if (concerns < plan.concerns && seconds() - saidAt < 10) return;
    saidAt = seconds();
    ground.say(`${concerns.toLocaleString('en-GB')} of ${plan.concerns.toLocaleString('en-GB')} concerns laid after ${saidAt} s`);
  };
  const laid = await lay({ ownerUrl: system.ownerUrl, keyOf: (service) => keyOf(system.home, service), plan, onLaid });
  await drawUp(ground, system, laid);
  const took = seconds();
  await settleDown(ground, system);
  await forgetReaders(system.brokerLogin);
  await system.stop();
  await system.start();
  return mark(system.home, plan, { ...laid, seconds: took });
}

/** The keys of a service on a home. */
export const keyOf = (home: string, service: Keeper): KeyFile => new KeyFile(keyFile(new Home(home), service));

/** What was told leaves the streams, as it would have by itself, and is counted in the facts. */
export async function drawUp(ground: Pick<Ground, 'say'>, system: BenchSystem, laid: Laid): Promise<void> {
  await ageStreams(system.brokerLogin, laid.events);
  ground.say('drawing the facts up');
  const { status, err } = await system.run('rebuild', 'facts');
  if (status !== 0) throw new Error(`the facts could not be drawn up:\n${err}`);
}

/** Sealed, swept up behind, and written to disk. */
export async function settleDown(ground: Pick<Ground, 'say'>, system: BenchSystem): Promise<void> {
  ground.say('waiting until all of it is sealed');
  await system.asOwner(async (client) => {
    for (const service of keepers) await untilSealed(client, service);
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  });
}

const sealedWithinMs = 1_800_000;

async function untilSealed(client: Client, service: Keeper): Promise<void> {
  for (const end = performance.now() + sealedWithinMs; performance.now() < end; await pause(2_000)) {
    const { rows } = await client.query<{ last: string | null; line: string | null }>(
      `select (select max(position) from ${service}.journal) as last, (select line from ${service}.seal order by number desc limit 1) as line`,
    );
    const { last, line } = rows[0]!;
    const sealed = line === null ? 0 : ((JSON.parse(line) as { logs: { journal?: { upTo: number } } }).logs.journal?.upTo ?? 0);
    if (sealed >= Number(last)) return;
  }
  throw new Error(`what is laid in ${service} was not sealed within half an hour`);
}
