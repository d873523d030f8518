import { Injectable, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, because, NotAllowed, ServiceUnavailable } from '#libs/pages';
import { Services } from '../outside.js';

const enquiry = z.object({ id: z.string(), sequence: z.number(), reference: z.string(), concernId: z.string(), kind: z.string(), permitted: z.array(z.string()) });
export type Enquiry = z.infer<typeof enquiry>;

const teams = z.object({ items: z.array(z.object({ code: z.string(), name: z.string().nullish() })) });
const about = z.object({ items: z.array(z.object({ id: z.string(), personId: z.string().nullable(), inDanger: z.boolean().default(false), dangerToldAt: z.string().nullish() })) });
/** Whom an enquiry is about, whether its concern is recorded as in danger, and since when danger that was told after the decision waits for somebody to see to it. */
export type AboutWhom = Pick<z.infer<typeof about>['items'][number], 'personId' | 'inDanger' | 'dangerToldAt'>;

/** Somebody has it: it goes to another, with why. */
export const isHeld = ({ permitted }: Enquiry): boolean => permitted.includes('ReallocateEnquiry');

/** What a form is opened for. It stays so when the form is sent again, whatever became of the enquiry: under one key is one request. */
export type Act = 'allocate' | 'reallocate';
export const actFor = (enquiry: Enquiry): Act => (isHeld(enquiry) ? 'reallocate' : 'allocate');

/** A team by the code under which enquiries are allocated to it. */
export interface Team {
  code: string;
  name: string;
}

const allocating = 'allocating an enquiry';

/** Enquiries as `section42` has them, with whom they are about and who may take them on. */
@Injectable()
export class Enquiries {
  constructor(private readonly services: Services) {}

  async find(id: string): Promise<Enquiry> {
    const found = await this.services.section42.as(because(allocating)).find(`/enquiries/${id}`, enquiry);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** The teams of the council; none where the directory cannot be asked: then the code is typed. */
  async teams(): Promise<Team[]> {
    try {
      const { items } = await this.services.directory.get('/teams', { status: 'open', limit: '200' }, teams);
      return items.map(({ code, name }) => ({ code, name: name ?? code }));
    } catch (error) {
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return [];
      throw error;
    }
  }

  /** Whom enquiries are about, by the concerns that led to them; undefined where nobody can say just now. */
  async people(concernIds: readonly string[]): Promise<ReadonlyMap<string, AboutWhom> | undefined> {
    if (concernIds.length === 0) return new Map();
    try {
      const { success, data } = about.safeParse((await this.services.triage.query('/concerns/people', { ids: [...new Set(concernIds)] })).body);
      return success ? new Map(data.items.map(({ id, ...whom }) => [id, whom])) : undefined;
    } catch (error) {
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
      throw error;
    }
  }

  /** Gives it to somebody; with why, where the form was opened for one that somebody had. */
  allocate(id: string, { reason, ...to }: { worker: string; team: string; reason: string }, { act, seen, key }: { act: Act; seen: number; key: string }): Promise<Answer> {
    return this.services.section42.post(`/enquiries/${id}/${act}`, act === 'reallocate' ? { ...to, reason } : to, { 'if-match': `"${seen}"`, 'idempotency-key': key });
  }
}
