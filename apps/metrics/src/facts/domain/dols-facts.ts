import { assertNever } from '#libs/decider';
import { type Day, type Instant, londonDay } from '#libs/calendar';
import { everythingKnown, given, type Known, subject } from './known.js';
import type { DolsTold } from './told.js';

/** One request to authorise a deprivation of liberty. */
export interface DolsFact {
  id: string;
  authority: string;
  received_at: Instant;
  /** The London day of `received_at`: whole days count from it. */
  received_on: Day;
  kind: string;
  setting: string | null;
  decided_at: Instant | null;
  decided_on: Day | null;
  outcome: string | null;
  person_id: string | null;
  age_band: string | null;
}

interface Story {
  authority: string | null;
  receivedAt: Instant | null;
  kind: string | null;
  setting: string | null;
  outcome: string | null;
  decidedAt: Instant | null;
  personId: string | null;
  ageBand: string | null;
  isInError: boolean;
}

const untold: Story = {
  authority: null, receivedAt: null, kind: null, setting: null, outcome: null, decidedAt: null, personId: null, ageBand: null,
  isInError: false,
};

/** Everything one DoLS request was ever held to be. */
export function dolsFacts(events: readonly DolsTold[]): (DolsFact & Known)[] {
  return everythingKnown(events, (known) => facts(known[0]?.recordId ?? '', known.reduce(evolve, untold)));
}

function evolve(story: Story, event: DolsTold): Story {
  const told = { ...story, authority: event.authority ?? story.authority };
  switch (event.type) {
    case 'safeguarding.dols-request.received.v1': {
      const { receivedAt, kind, setting } = event.data;
      return { ...told, receivedAt, kind, setting };
    }
    case 'safeguarding.dols-request.imported.v1': {
      const { receivedAt, kind, setting, decidedAt, outcome } = event.data;
      return { ...told, receivedAt, kind, setting, decidedAt, outcome, ...subject(event.data) };
    }
    case 'safeguarding.dols-request.identified.v1':
      return { ...told, ...subject(event.data) };
    case 'safeguarding.dols-request.decided.v1':
      return { ...told, outcome: event.data.outcome, decidedAt: event.data.decidedAt };
    case 'safeguarding.dols-request.corrected.v1': {
      const { receivedAt, kind, setting, decidedAt } = event.data;
      return { ...told, ...given({ receivedAt, kind, setting, decidedAt }) };
    }
    case 'safeguarding.dols-request.entered-in-error.v1':
      return { ...told, isInError: true };
    default:
      return assertNever(event);
  }
}

function facts(id: string, story: Story): DolsFact[] {
  const { authority, receivedAt, kind, outcome, isInError } = story;
  if (authority === null || receivedAt === null || kind === null || isInError) return [];
  const decidedAt = outcome === null ? null : story.decidedAt;
  return [{
    id,
    authority,
    received_at: receivedAt,
    received_on: londonDay(receivedAt),
    kind,
    setting: story.setting,
    decided_at: decidedAt,
    decided_on: decidedAt === null ? null : londonDay(decidedAt),
    outcome,
    person_id: story.personId,
    age_band: story.ageBand,
  }];
}
