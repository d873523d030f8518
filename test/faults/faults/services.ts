import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../../tools/start/services.ts';
import type { Kept } from '../plant/kept.ts';
import type { Point } from '../plant/orders.ts';
import type { Fault, Hit } from './fault.ts';

const publishing = ['people', 'triage', 'section42', 'dols'] as const;

const passers: Record<Point, readonly ServiceName[]> = {
  publish: publishing,
  delete: publishing,
  acknowledge: [...publishing, 'metrics'],
  answer: ['triage', 'section42', 'dols'],
};

function diesAt(point: Point, name: string): Fault {
  return {
    name,
    isQuick: true,
    async strike(hit) {
      for (let time = 0; time < 3; time += 1) await dieOnce(hit, point);
    },
  };
}

/** So long the one that was chosen has for meeting its point by itself; then whoever passes it first dies. */
const aloneMs = 2_000;
const anyMs = 60_000;

/** Has a service die at this point, and brings it back. A point that nobody meets is a finding: nothing was tried. */
async function dieOnce({ system, load, random }: Hit, point: Point): Promise<void> {
  const those = passers[point].map((name) => system.services[name]);
  const deaths = new Map(those.map((one) => [one, one.deaths]));
  const dead = (): Kept[] => those.filter((one) => one.deaths > deaths.get(one)!);
  const untilDead = async (ms: number): Promise<void> => {
    for (const end = performance.now() + ms; dead().length === 0 && performance.now() < end; ) await pause(10);
  };
  random.pick(those).tell({ arm: point, passings: 1 + random.below(6) });
  await untilDead(aloneMs);
  if (dead().length === 0) for (const one of those) one.tell({ arm: point, passings: 1 });
  await untilDead(anyMs);
  if (dead().length === 0) load.wrongs.push(`no service died at the point ${point} within ${anyMs / 1_000} s`);
  for (const one of those) one.tell({ disarm: true });
  await Promise.all(dead().map((one) => one.start()));
}

export const diesBeforePublish = diesAt('publish', 'service killed between commit and publish');
export const diesBeforeDelete = diesAt('delete', 'service killed between publish and delete');
export const diesBeforeAcknowledge = diesAt('acknowledge', 'service killed between effect and acknowledgement');
export const diesBeforeAnswer = diesAt('answer', 'service killed between commit and answer');

export const servicesKilled: Fault = {
  name: 'services killed at any moment',
  isQuick: false,
  async strike({ system, load, random }) {
    for (let time = 0; time < 5; time += 1) {
      await random.pick(Object.values(system.services)).strike('SIGKILL', random.below(300));
      await load.untilDone(random.below(12), 3_000);
    }
  },
};
