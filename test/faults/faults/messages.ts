import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../../tools/start/services.ts';
import { Random } from '../../oracle/random.ts';
import { atBroker } from '../oracle/broker.ts';
import { enteredInError, reopened } from '../load/stories.ts';
import { shuffling } from '../plant/frames.ts';
import { later } from '../plant/older.ts';
import type { FaultSystem } from '../plant/system.ts';
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

const settingAsideMs = 90_000;

/** What a service set aside. */
async function lettersOf(system: FaultSystem, service: ServiceName): Promise<string[]> {
  return system.asOwner(async (client) => (await client.query(`select message_id from ${service}.dead_letter where not message_id = any($1)`, [[...system.meant.letters]])).rows.map((row) => row.message_id as string));
}

/** A service cannot handle a message, however often it tries, and sets it aside; what kept it from that is mended, and a person sends it again. */
export const setAside: Fault = {
  name: 'a message that fails until it is set aside, and is sent again by a person',
  isQuick: false,
  async strike({ system, load, random }) {
    const service = random.pick(['people', 'triage', 'section42', 'dols', 'metrics'] as const);
    system.services[service].tell({ isRefusing: true });
    for (const end = performance.now() + settingAsideMs; (await lettersOf(system, service)).length === 0; await pause(250)) {
      if (performance.now() > end) return void load.wrongs.push(`${service} set nothing aside`);
    }
    system.services[service].tell({ isRefusing: false });
    await pause(200);
    for (const id of await lettersOf(system, service)) {
      const reply = await fetch(`${system.url(service)}/dead-letters/${encodeURIComponent(id)}/resend`, {
        method: 'POST',
        headers: { ...(await system.headersOf('staff-data-1')), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ reason: 'What kept it from being handled was mended.' }),
      });
      if (reply.status !== 200) load.wrongs.push(`${service} could not be sent a message again: ${reply.status}`);
    }
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

export const olderRelease: Fault = {
  name: 'an older release told less: services read what it wrote',
  isQuick: false,
  async strike({ system, load, random }) {
    system.tellAll({ isOlder: true });
    await pause(200);
    await load.crowd(4, { stories: [reopened, enteredInError] }, () => load.untilDone(60 + random.below(30), 20_000));
    system.tellAll({ isOlder: false });
    if (!(await isWritten(system))) load.wrongs.push('nothing was written as an older release would have');
  },
};

/** Whether a journal holds a row without what came to be told later. */
const isWritten = (system: FaultSystem): Promise<boolean> =>
  system.asOwner(async (client) => {
    const rowsOf = ({ event, fields }: (typeof later)[number]) =>
      client.query(`select from triage.journal where type = $1 and not data ?| $2 limit 1`, [event, fields]);
    return (await Promise.all(later.map(rowsOf))).every(({ rowCount }) => rowCount === 1);
  });
