import type { Asking } from '#libs/platform';
import type { HeldPage } from './entry.js';

/** What is held about somebody, and why that is asked. */
export interface HeldQuestion {
  person: string;
  /** Where records follow those of another service: the concerns about that person. */
  concerns?: readonly string[] | undefined;
  why: string;
  /** The last record of the page before. */
  after?: string | undefined;
}

/** A record about somebody, for whoever knows it by its reference. */
export interface FoundSubject {
  id: string;
  reference: string;
  personId: string | null;
}

/** What a service holds about somebody. That it was shown is recorded before the answer leaves. */
export abstract class HeldAbout {
  abstract page(asking: Asking, question: HeldQuestion): Promise<HeldPage>;
}

/** Whom records are about, by their references. */
export abstract class Subjects {
  abstract byReference(asking: Asking, reference: string, why: string): Promise<FoundSubject[]>;
}
