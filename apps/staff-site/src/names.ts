import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NotAllowed, ServiceUnavailable } from '#libs/pages';
import { Services } from './outside.js';

const found = z.object({ names: z.array(z.object({ id: z.string(), givenName: z.string().nullable(), familyName: z.string().nullable() })) });

/** The names for a page, in one reading that `people` records. */
@Injectable()
export class Names {
  constructor(private readonly services: Services) {}

  /** Names by the ids of people; undefined where nobody can say just now, since a page without names is better than none. */
  async of(people: (string | null | undefined)[], why: string): Promise<Map<string, string> | undefined> {
    const ids = [...new Set(people.filter((id) => typeof id === 'string'))];
    if (ids.length === 0) return new Map();
    try {
      const { body } = await this.services.people.query('/people/names', { ids, why });
      const { success, data } = found.safeParse(body);
      return success ? new Map(data.names.map(({ id, givenName, familyName }) => [id, [givenName, familyName].filter(Boolean).join(' ')])) : undefined;
    } catch (error) {
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
      throw error;
    }
  }
}
