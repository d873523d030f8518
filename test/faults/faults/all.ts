import { brokerKilled, brokerOlder, brokerWiped, connectionsCut } from './broker.ts';
import { clockMoved } from './clock.ts';
import { followerKilled, leaderKilled, leaderPaused, twoOfThreeKilled } from './cluster.ts';
import { databaseKilled, databaseStopped, locksHeld } from './database.ts';
import { brokerDiskFull, databaseDiskFull } from './disks.ts';
import type { Fault } from './fault.ts';
import { importKilled } from './import.ts';
import { newerRelease, poison, setAside, shuffled } from './messages.ts';
import { diesBeforeAcknowledge, diesBeforeAnswer, diesBeforeDelete, diesBeforePublish, servicesKilled } from './services.ts';
import { slowConsumer } from './slow.ts';

/** Every fault there is, in the order of the table. */
export const faults: readonly Fault[] = [
  brokerKilled, brokerWiped, brokerOlder, connectionsCut,
  diesBeforePublish, diesBeforeDelete, diesBeforeAcknowledge, diesBeforeAnswer, servicesKilled,
  databaseStopped, databaseKilled, locksHeld,
  shuffled, poison, setAside, newerRelease,
  clockMoved, slowConsumer, importKilled,
  brokerDiskFull, databaseDiskFull,
  leaderKilled, followerKilled, leaderPaused, twoOfThreeKilled,
];
