import type { Instant } from '#libs/calendar';

/** One thing that is held about a person, for a reader who knows nothing of this system. */
export interface Entry {
  service: string;
  /** Which kind of record says so, which one, and what people call it. */
  record: string;
  recordId: string;
  reference: string;
  when: Instant | null;
  /** What happened, and which part of it this is. */
  what: string;
  words: string;
  /** Why this may be about or from somebody else, so that a person looks at it before it leaves; null: as far as its field tells, it is about this person alone. */
  thirdParty: string | null;
}

/** Some of what is held, and after which record the rest goes on; null: there is no more. */
export interface HeldPage {
  entries: Entry[];
  next: string | null;
}
