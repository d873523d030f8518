import { assertNever } from '#libs/decider';
import { everythingKnown, given, type Known } from './known.js';
import type { PersonTold } from './told.js';

/** Coded characteristics of somebody known under a pseudonym. */
export interface PersonFact {
  id: string;
  gender: string;
  ethnicity: string;
  primary_support_reason: string;
  local_area: string | null;
}

/** A pseudonym that stands for the same person as another. */
export interface AliasFact {
  id: string;
  into_id: string;
}

interface Story {
  isRegistered: boolean;
  gender: string | null;
  ethnicity: string | null;
  primarySupportReason: string | null;
  localArea: string | null;
  into: string | null;
  isDisposed: boolean;
}

const untold: Story = {
  isRegistered: false, gender: null, ethnicity: null, primarySupportReason: null, localArea: null, into: null, isDisposed: false,
};

/** Everything that was ever held about one pseudonym's characteristics. */
export function personFacts(events: readonly PersonTold[]): (PersonFact & Known)[] {
  return everythingKnown(events, (known) => characteristics(known[0]?.recordId ?? '', known.reduce(evolve, untold)));
}

/** Everything that was ever held about whom else a pseudonym stands for. */
export function aliasFacts(events: readonly PersonTold[]): (AliasFact & Known)[] {
  if (!events.some(({ type }) => type === 'safeguarding.person.joined.v1')) return [];
  return everythingKnown(events, (known) => alias(known[0]?.recordId ?? '', known.reduce(evolve, untold)));
}

function evolve(story: Story, event: PersonTold): Story {
  switch (event.type) {
    case 'safeguarding.person.registered.v1':
      return { ...story, ...event.data, isRegistered: true };
    case 'safeguarding.person.characteristics-corrected.v1': {
      const { gender, ethnicity, primarySupportReason, localArea } = event.data;
      return { ...story, ...given({ gender, ethnicity, primarySupportReason, localArea }) };
    }
    case 'safeguarding.person.joined.v1':
      return { ...story, into: event.data.into };
    case 'safeguarding.person.separated.v1':
      return { ...story, into: null };
    case 'safeguarding.person.disposed.v1':
      return { ...story, isDisposed: true };
    default:
      return assertNever(event);
  }
}

function characteristics(id: string, story: Story): PersonFact[] {
  const { isRegistered, gender, ethnicity, primarySupportReason, localArea, isDisposed } = story;
  if (!isRegistered || gender === null || ethnicity === null || primarySupportReason === null || isDisposed) return [];
  return [{ id, gender, ethnicity, primary_support_reason: primarySupportReason, local_area: localArea }];
}

function alias(id: string, { into, isDisposed }: Story): AliasFact[] {
  return into === null || into === id || isDisposed ? [] : [{ id, into_id: into }];
}
