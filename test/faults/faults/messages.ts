import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../oracle/random.ts';
import { atBroker } from '../oracle/broker.ts';
import { shuffling } from '../plant/frames.ts';
import type { Fault } from './fault.ts';

export const shuffled: Fault = {
  name: 'messages doubled, late and out of order',
  isQuick: true,
  async strike({ system, load, random }) {
    system.brokerDoor.passage = () => shuffling(new Random(random.below(2 ** 30)));
    system.brokerDoor.cut();
    await load.untilDone(60 + random.below(40), 10_000);
    system.brokerDoor.passage = undefined;
    system.brokerDoor.cut();
  },
};

const rubbish = ['not json', '{}', '[]', 'null', '{"type":"safeguarding.concern.received.v1"}', '\u0000\u0001'];

export const poison: Fault = {
  name: 'messages that nobody can read',
  isQuick: true,
  async strike({ system, load, seed }) {
    await atBroker(system, async (_manager, publish) => {
      for (const [at, text] of rubbish.entries()) {
        const id = `poison-${seed}-${at}`;
        for (const known of [system.meant.messages, system.meant.letters]) known.add(id);
        await publish('safeguarding.concern.received.v1', text, id);
        await load.untilDone(3, 2_000);
      }
    });
  },
};

export const newerRelease: Fault = {
  name: 'a newer release tells more, in versions that are not known here',
  isQuick: true,
  async strike({ system, load, random }) {
    system.meant.hasSecondVersions = true;
    system.tellAll({ isNewer: true });
    await load.untilDone(30 + random.below(30), 10_000);
    system.tellAll({ isNewer: false });
    await pause(500);
  },
};
