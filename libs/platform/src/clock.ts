import { instant, type Instant } from '#libs/calendar';

/** The time, injected, so that tests and the two clock changes can be tried without touching the machine's. */
export abstract class Clock {
  abstract now(): Instant;
}

export class SystemClock extends Clock {
  now(): Instant {
    return instant(Date.now());
  }
}
