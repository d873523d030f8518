import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NotAllowed, ServiceUnavailable } from '#libs/pages';
import { type Called, Colleagues } from './colleagues.js';
import type { ConcernCase } from './concerns/shapes.js';
import { everyPage } from './every-page.js';
import { Services } from './outside.js';

const place = z.object({ id: z.string(), name: z.string().nullable(), setting: z.string().default('other'), cqcLocationId: z.string().nullish(), status: z.string() });
const page = z.object({ items: z.array(place), next: z.string().nullable() });

/** A place of the directory, as somebody chooses it. */
export type Place = z.infer<typeof place>;

/** The places that the directory knows of the council of whoever is signed in. */
@Injectable()
export class Places {
  constructor(
    private readonly services: Services,
    private readonly colleagues: Colleagues,
  ) {}

  /** All that can be named, also those that are closed; undefined where the directory cannot be asked. What they are called is encrypted there, so it is looked through here. */
  async all(): Promise<Place[] | undefined> {
    const found = await orNothing(everyPage((question) => this.services.directory.get('/places', question, page)));
    return found?.filter(({ status }) => status !== 'entered-in-error');
  }

  /** What the people and the places in the story of a concern are called on a page. */
  async calledIn({ story }: Pick<ConcernCase, 'story'>): Promise<Called> {
    const ids = [...new Set(story.flatMap(({ placeId }) => placeId ?? []))];
    const [people, ...places] = await Promise.all([this.colleagues.called(), ...ids.map((id) => orNothing(this.services.directory.find(`/places/${id}`, place)))]);
    const names = new Map(ids.map((id, at) => [id, places[at]?.name ?? 'a place whose name cannot be had just now']));
    return (id) => names.get(id) ?? people(id);
  }
}

/** A page without the names of places is better than none. */
async function orNothing<Found>(asked: Promise<Found>): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
    throw error;
  }
}
