import { z } from 'zod';
import { NotAllowed, type ServiceClient, ServiceUnavailable } from '#libs/pages';
import { may } from '../may.js';

const told = z.object({ items: z.array(z.object({ personId: z.string(), id: z.string(), reference: z.string(), status: z.enum(['awaiting-triage', 'triaged', 'entered-in-error', 'disposed']), receivedAt: z.string() })) });

/** Concerns about people, each with the id of whom it was asked for. */
export type AboutPeople = z.infer<typeof told>['items'];

/** About more people triage does not say at once. */
const mostPeople = 20;
/** Of one person it tells no more: the latest. */
export const MOST_OF_ONE = 20;

/** The concerns about these people, those that an import brought among them, in a reading that triage records; undefined where they cannot be had, or are not for whoever asks. Of two who were joined it tells those of both for either. */
export async function concernsAbout(triage: ServiceClient, people: readonly string[]): Promise<AboutPeople | undefined> {
  if (people.length === 0 || !may('concern.read_case')) return undefined;
  try {
    const all: AboutPeople = [];
    for (let at = 0; at < people.length; at += mostPeople) {
      const { data } = told.safeParse((await triage.query('/concerns/about', { people: people.slice(at, at + mostPeople) })).body);
      if (!data) return undefined;
      all.push(...data.items);
    }
    return all;
  } catch (error) {
    if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
    throw error;
  }
}
