import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NotAllowed, ServiceUnavailable, visitor } from '#libs/pages';
import { everyPage } from './every-page.js';
import { Services } from './outside.js';

const colleague = z.object({ actsAs: z.string(), name: z.string().nullable(), roles: z.array(z.object({ role: z.string() })), status: z.string() });
const page = z.object({ items: z.array(colleague), next: z.string().nullable() });

/** Somebody who works for the same council, by the id that stands in stories. */
export interface Colleague {
  id: string;
  name: string;
  roles: string[];
  isActive: boolean;
}

/** Who is called what; an id that nobody has stays as it is. */
export type Called = (id: string) => string;

/** So long the names of a council's staff are kept: pages are many, and they seldom change. */
const keptMs = 60_000;

/** Who works for the council of whoever is signed in, as the directory tells. */
@Injectable()
export class Colleagues {
  private readonly kept = new Map<string, { at: number; found: Promise<Colleague[]> }>();

  constructor(private readonly services: Services) {}

  /** Everybody; nobody where the directory cannot be asked, since a page with ids is better than none. */
  async all(): Promise<Colleague[]> {
    const council = visitor()?.authority ?? '';
    const before = this.kept.get(council);
    const current = before && performance.now() - before.at < keptMs ? before : { at: performance.now(), found: this.ask() };
    this.kept.set(council, current);
    try {
      return await current.found;
    } catch (error) {
      this.kept.delete(council);
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return [];
      throw error;
    }
  }

  /** What people are called on a page. */
  async called(): Promise<Called> {
    const names = new Map((await this.all()).map(({ id, name }) => [id, name]));
    return (id) => names.get(id) ?? id;
  }

  private async ask(): Promise<Colleague[]> {
    const found = await everyPage((question) => this.services.directory.get('/staff', question, page));
    return found.map(({ actsAs, name, roles, status }) => ({ id: actsAs, name: name ?? actsAs, roles: roles.map(({ role }) => role), isActive: status === 'active' }));
  }
}
