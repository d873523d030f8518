import { brokerKilled, brokerOlder, brokerWiped, connectionsCut } from './broker.ts';
import { clockMoved } from './clock.ts';
import { databaseKilled, databaseStopped, locksHeld } from './database.ts';
import type { Fault } from './fault.ts';
import { newerRelease, poison, shuffled } from './messages.ts';
import { diesBeforeAcknowledge, diesBeforeAnswer, diesBeforeDelete, diesBeforePublish, servicesKilled } from './services.ts';

/** Every fault there is, in the order of the table. */
export const faults: readonly Fault[] = [
  brokerKilled, brokerWiped, brokerOlder, connectionsCut,
  diesBeforePublish, diesBeforeDelete, diesBeforeAcknowledge, diesBeforeAnswer, servicesKilled,
  databaseStopped, databaseKilled, locksHeld,
  shuffled, poison, newerRelease,
  clockMoved,
];
