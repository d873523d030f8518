import { cpSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const brokerKilled: Fault = {
  name: 'broker killed five times',
  isQuick: true,
  async strike({ system, load, random }) {
    for (let time = 0; time < 5; time += 1) {
      await system.broker.strike('SIGKILL', random.below(700));
      await load.untilDone(1 + random.below(15), 5_000);
    }
  },
};

export const brokerWiped: Fault = {
  name: 'broker store wiped',
  isQuick: true,
  async strike({ system, load, random }) {
    await system.broker.end('SIGKILL');
    rmSync(system.brokerStore(), { recursive: true });
    await load.untilDone(random.below(20), 3_000);
    await system.broker.start();
    await system.makeStreams();
  },
};

export const brokerOlder: Fault = {
  name: 'broker store replaced by an older copy',
  isQuick: true,
  async strike({ system, load, random }) {
    const copy = `${system.brokerStore()}-older`;
    await system.broker.end('SIGKILL');
    cpSync(system.brokerStore(), copy, { recursive: true });
    await system.broker.start();
    await load.untilDone(30 + random.below(60), 10_000);
    await system.broker.end('SIGKILL');
    rmSync(system.brokerStore(), { recursive: true });
    cpSync(copy, system.brokerStore(), { recursive: true });
    rmSync(copy, { recursive: true });
    await system.broker.start();
  },
};

export const connectionsCut: Fault = {
  name: 'connections to broker and database cut, and held up',
  isQuick: false,
  async strike({ system, load, random }) {
    for (let time = 0; time < 6; time += 1) {
      const door = random.pick([system.brokerDoor, system.databaseDoor]);
      door.cut();
      await load.untilDone(1 + random.below(10), 3_000);
      door.hold(true);
      await pause(random.below(700));
      door.hold(false);
    }
  },
};
