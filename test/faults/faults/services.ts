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

const dying = 3;
/** A service that has not passed its point often enough by then dies when it passes it next. */
const patienceMs = 3_000;
const mostMs = 60_000;

function diesAt(point: Point, name: string): Fault {
  return {
    name,
    isQuick: true,
    async strike({ system, load, random }: Hit) {
      const those = random.shuffled(passers[point]).slice(0, dying).map((service) => system.services[service]);
      const deaths = those.map((one) => one.deaths);
      const alive = (): Kept[] => those.filter((one, at) => one.deaths === deaths[at]);
      // All at once: each restart costs seconds, and a service that dies while another is away is the harder case.
      for (const one of those) one.tell({ arm: point, passings: 1 + random.below(6) });
      await until(() => alive().length === 0, patienceMs);
      for (const one of alive()) one.tell({ arm: point, passings: 1 });
      await until(() => alive().length === 0, mostMs);
      for (const one of alive()) {
        load.wrongs.push(`${one.spec.name} did not come to the point ${point} within ${mostMs / 1_000} s: nothing was tried`);
        one.tell({ disarm: true });
      }
      await Promise.all(those.map((one) => one.start()));
    },
  };
}

async function until(isSo: () => boolean, ms: number): Promise<void> {
  for (const end = performance.now() + ms; !isSo() && performance.now() < end; ) await pause(10);
}

export const diesBeforePublish = diesAt('publish', 'service killed between commit and publish');
export const diesBeforeDelete = diesAt('delete', 'service killed between publish and delete');
export const diesBeforeAcknowledge = diesAt('acknowledge', 'service killed between effect and acknowledgement');
export const diesBeforeAnswer = diesAt('answer', 'service killed between commit and answer');

export const servicesKilled: Fault = {
  name: 'services killed at any moment',
  isQuick: false,
  async strike({ system, load, random }) {
    const back: Promise<void>[] = [];
    for (let time = 0; time < 5; time += 1) {
      // Also one that is only just starting again.
      back.push(random.pick(Object.values(system.services)).strike('SIGKILL', random.below(300)));
      await load.untilDone(random.below(12), 3_000);
    }
    await Promise.all(back);
  },
};
