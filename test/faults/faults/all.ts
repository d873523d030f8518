import { brokerKilled, brokerOlder, brokerWiped, connectionsCut } from './broker.ts';
import { brokerAway } from './broker-away.ts';
import { clockMoved } from './clock.ts';
import { followerKilled, leaderKilled, leaderPaused, twoOfThreeKilled } from './cluster.ts';
import { databaseKilled, databaseStopped, locksHeld, poolExhausted } from './database.ts';
import { brokerDiskFull, databaseDiskFull } from './disks.ts';
import type { Fault } from './fault.ts';
import { importKilled } from './import.ts';
import { newerRelease, olderRelease, poison, setAside, shuffled } from './messages.ts';
import { diesBeforeAcknowledge, diesBeforeAnswer, diesBeforeDelete, diesBeforePublish, servicesKilled } from './services.ts';
import { slowConsumer } from './slow.ts';
import { relayKilled } from './twins.ts';

/** Every fault there is, in the order of the table. */
export const faults: readonly Fault[] = [
  brokerKilled, brokerWiped, brokerOlder, brokerAway, connectionsCut,
  diesBeforePublish, diesBeforeDelete, diesBeforeAcknowledge, diesBeforeAnswer, servicesKilled, relayKilled,
  databaseStopped, databaseKilled, locksHeld, poolExhausted,
  shuffled, poison, setAside, newerRelease, olderRelease,
  clockMoved, slowConsumer, importKilled,
  brokerDiskFull, databaseDiskFull,
  leaderKilled, followerKilled, leaderPaused, twoOfThreeKilled,
];
