import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
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

const received = JSON.parse(readFileSync(new URL('../../../libs/contracts/fixtures/safeguarding.concern.received.v1.json', import.meta.url), 'utf8')) as { type: string };

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

/** A concern of no authority can be read and not be counted: it is tried, again and again, and set aside at last. */
export const poisonInHand: Fault = {
  name: 'messages that can be read and not be handled',
  isQuick: false,
  async strike({ system, load }) {
    await atBroker(system, async (_manager, publish) => {
      for (let time = 0; time < 3; time += 1) {
        const id = `${randomUUID()}:v1`;
        for (const known of [system.meant.messages, system.meant.letters]) known.add(id);
        await publish(received.type, JSON.stringify({ ...received, id, subject: randomUUID(), authority: null }), id);
        await load.untilDone(5, 3_000);
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
