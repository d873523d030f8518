import { setTimeout as pause } from 'node:timers/promises';
import { atBroker } from '../oracle/broker.ts';
import type { Fault, Hit } from './fault.ts';

const needs = { smallDisks: true };

/** Whether the broker keeps what it is given. A stream whose disk was full may hang, without a word, until the server is started again. */
async function keeps({ system, seed }: Hit): Promise<boolean> {
  const subjects = ['person', 'concern', 'enquiry', 'dols-request', 'staff-member'].map((record) => `safeguarding.${record}.room-again.v1`);
  const given = subjects.map((subject) => ({ subject, id: `room-again-${seed}-${subject}` }));
  for (const { id } of given) system.meant.messages.add(id);
  return atBroker(system, (_manager, publish) => Promise.all(given.map(({ subject, id }) => publish(subject, '{}', id)))).then(() => true, () => false);
}

export const brokerDiskFull: Fault = {
  name: 'disk of the broker full',
  isQuick: false,
  needs,
  async strike(hit) {
    const { system, load, random } = hit;
    system.disks.fill('nats', random.below(20_000));
    await load.untilDone(30, 8_000);
    system.disks.empty('nats');
    await pause(1_000);
    // As whoever makes room has to do where that alone does not bring it back; asked politely, it would not end.
    if (!(await keeps(hit))) await system.broker.strike('SIGKILL');
  },
};

export const databaseDiskFull: Fault = {
  name: 'disk of PostgreSQL full',
  isQuick: false,
  needs,
  async strike({ system, load, random }) {
    system.disks.fill('postgres', random.below(200_000));
    await load.untilDone(40, 8_000);
    system.disks.empty('postgres');
    await system.database.start();
  },
};
