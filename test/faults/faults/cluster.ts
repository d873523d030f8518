import { setTimeout as pause } from 'node:timers/promises';
import { atBroker } from '../oracle/broker.ts';
import type { Kept } from '../plant/kept.ts';
import type { FaultSystem } from '../plant/system.ts';
import type { Fault } from './fault.ts';

const needs = { brokers: 3 } as const;

/** Which server leads a stream, and the two that follow. */
async function placesOf(system: FaultSystem, stream: string): Promise<{ leader: Kept; followers: Kept[] }> {
  const name = await atBroker(system, async (manager) => (await manager.streams.info(stream)).cluster?.leader);
  const leader = system.brokers.find(({ spec }) => spec.name === name);
  if (!leader) throw new Error(`nobody leads the stream ${stream}`);
  return { leader, followers: system.brokers.filter((one) => one !== leader) };
}

const streams = ['people', 'triage', 'section42', 'dols'] as const;

export const leaderKilled: Fault = {
  name: 'cluster of three brokers: a leader killed',
  isQuick: false,
  needs,
  async strike({ system, load, random }) {
    const { leader } = await placesOf(system, random.pick(streams));
    await leader.end('SIGKILL');
    await load.untilDone(20 + random.below(20), 8_000);
    await leader.start();
  },
};

export const followerKilled: Fault = {
  name: 'cluster of three brokers: a follower killed',
  isQuick: false,
  needs,
  async strike({ system, load, random }) {
    const { followers } = await placesOf(system, random.pick(streams));
    const follower = random.pick(followers);
    await follower.end('SIGKILL');
    await load.untilDone(20 + random.below(20), 8_000);
    await follower.start();
  },
};

export const leaderPaused: Fault = {
  name: 'cluster of three brokers: a leader paused for ten seconds',
  isQuick: false,
  needs,
  async strike({ system, random }) {
    const { leader } = await placesOf(system, random.pick(streams));
    leader.signal('SIGSTOP');
    await pause(10_000);
    leader.signal('SIGCONT');
  },
};

export const twoOfThreeKilled: Fault = {
  name: 'cluster of three brokers: two killed',
  isQuick: false,
  needs,
  async strike({ system, load, random }) {
    const two = random.shuffled(system.brokers).slice(0, 2);
    await Promise.all(two.map((one) => one.end('SIGKILL')));
    await load.untilDone(20, 5_000);
    for (const one of two) await one.start();
  },
};
