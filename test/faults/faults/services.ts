import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../../tools/start/services.ts';
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

/** Arms one service and waits until it has met its point, and is back. */
async function dieOnce({ system, random }: Hit, point: Point): Promise<void> {
  const service = system.services[random.pick(passers[point])];
  const deaths = service.deaths;
  service.tell({ arm: point, passings: 1 + random.below(6) });
  for (let waited = 0; service.deaths === deaths && waited < 5_000; waited += 20) await pause(20);
  if (service.deaths > deaths) await service.start();
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
