import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import type { Answer } from '#libs/pages';
import { everyPage } from '../every-page.js';
import { Services } from '../outside.js';

const member = z.object({
  id: z.string(),
  sequence: z.number(),
  actsAs: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  roles: z.array(z.object({ role: z.string() })),
  sessionsEndedAt: z.string().nullish(),
  permitted: z.array(z.string()),
});
const page = z.object({ items: z.array(member), next: z.string().nullable() });

export type Member = z.infer<typeof member>;

/** What an administrator does about somebody's being able to work here. */
export type Act = 'end-sessions' | 'disable' | 'enable';

const pathOf: Record<Act, string> = { 'end-sessions': 'sessions/end', disable: 'disable', enable: 'enable' };

/** Who works for the council of whoever is signed in, as the directory has them. */
@Injectable()
export class StaffMembers {
  constructor(private readonly services: Services) {}

  /** All but those who were registered in error, by what they are called: that is encrypted there, so they are put in order here. */
  async all(): Promise<Member[]> {
    const found = await everyPage((question) => this.services.directory.get('/staff', question, page));
    return found.filter(({ status }) => status !== 'entered-in-error').toSorted((one, other) => (one.name ?? one.actsAs).localeCompare(other.name ?? other.actsAs, 'en-GB'));
  }

  async find(id: string): Promise<Member> {
    const found = await this.services.directory.find(`/staff/${id}`, member);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** On the version that was seen, once for a form. */
  send(id: string, act: Act, body: object, { seen, key }: { seen: number; key: string }): Promise<Answer> {
    return this.services.directory.post(`/staff/${id}/${pathOf[act]}`, body, { 'if-match': `"${seen}"`, 'idempotency-key': key });
  }
}
