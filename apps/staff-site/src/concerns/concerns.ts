import { Injectable, NotFoundException } from '@nestjs/common';
import { type Answer, because, NotAllowed, type SentFile, ServiceUnavailable } from '#libs/pages';
import { v5 } from 'uuid';
import { z } from 'zod';
import { Names } from '../names.js';
import { Services } from '../outside.js';
import { SecondLookWanted } from './second-look-wanted.js';
import { concernCase, type ConcernCase, dangerAnswer, type DangerSince, openedBy, type PersonSeen, personSeen, refusal } from './shapes.js';

/** Why a concern and its person are read, as it stands in the record of readings. */
const working = 'working on the concern';
const version = z.object({ sequence: z.number(), openedBy: z.array(openedBy).default([]) });
const nameless = 'name not known';
const unheard = 'the name cannot be had just now';

/** Whether this is what somebody is called, and not that nobody can say. */
export const isName = (name: string): boolean => name !== '' && name !== nameless && name !== unheard;

/** What is sent, on the version that was seen, once for a form. */
export interface Sending {
  path: string;
  payload: object;
  seen: number;
  key: string;
}

/** Concerns as `triage` has them, and the people they are about as `people` has them. */
@Injectable()
export class Concerns {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
  ) {}

  /** `leavesLook`: also where they could give a second look, as somebody means who was asked, or who wrote on it when it was decided. Throws `SecondLookWanted` otherwise. */
  async find(id: string, { leavesLook = false } = {}): Promise<ConcernCase> {
    const { status, body } = await this.services.triage.as(because(working)).ask(`/concerns/${id}/case${leavesLook ? '?secondLook=left' : ''}`);
    if (status === 404) throw new NotFoundException();
    if (status === 409 && refusal.safeParse(body).data?.code === 'concern/second-look-wanted') throw new SecondLookWanted(id, await this.dangerSince(id));
    const { success, data } = concernCase.safeParse(body);
    if (!success) throw new ServiceUnavailable('triage');
    return data;
  }

  /** What was told of danger since it was decided, for whoever could give a second look: undefined where nothing waits, or nobody can say just now. */
  private async dangerSince(id: string): Promise<DangerSince | undefined> {
    const { body } = await this.services.triage.as(because(working)).ask(`/concerns/${id}/danger-since`);
    return dangerAnswer.safeParse(body).data?.danger ?? undefined;
  }

  /** Who a concern is about, or `away` where nobody can say just now: a page without a name is better than none. */
  async person(id: string | null): Promise<PersonSeen | undefined | 'away'> {
    if (id === null) return undefined;
    try {
      const people = this.services.people.as(because(working));
      const found = await people.find(`/people/${id}`, personSeen);
      if (!found?.into) return found;
      const standIn = await people.find(`/people/${found.into}`, personSeen);
      // Whoever stands for them says who they are, as far as that is known; what was found was found of them.
      return standIn && { ...standIn, identity: together(standIn.identity, found.identity), found: found.found };
    } catch (error) {
      if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return 'away';
      throw error;
    }
  }

  /** Whether a concern changed since a page showed it, and which colleagues opened it lately. */
  async since(id: string, seen: number): Promise<{ isChanged: boolean; openedBy: z.infer<typeof openedBy>[] }> {
    const now = await this.services.triage.as(because(working)).get(`/concerns/${id}/version`, {}, version);
    return { isChanged: now.sequence > seen, openedBy: now.openedBy };
  }

  /** The name alone, for the head of a form. */
  async name(id: string | null): Promise<string> {
    if (id === null) return nameless;
    const found = await this.names.of([id], working);
    return found ? (found.get(id) ?? nameless) : unheard;
  }

  /** Sends a file on as it comes, once for a form. */
  addFile(id: string, file: SentFile, key: string): Promise<Answer> {
    return this.services.triage.sendFile(`/concerns/${id}/files`, file, { 'idempotency-key': key });
  }

  /** A file that may be opened; undefined where there is none. */
  openFile(id: string, fileId: string) {
    return this.services.triage.as(because(working)).open(`/concerns/${id}/files/${fileId}`);
  }

  /** The same with other concerns first, whatever was done with those before, so that this one is not left while they are forgotten; what is not there for somebody needs nothing. */
  async sendAll(others: { id: string; reference: string }[], id: string, sending: Sending): Promise<Answer> {
    for (const other of others) {
      const { status, body } = await this.services.triage.as(because(working)).ask(`/concerns/${other.id}/version`);
      const answer = status === 200 ? await this.send(other.id, { ...sending, seen: version.parse(body).sequence, key: v5(other.id, sending.key) }) : { status, body };
      if (answer.status >= 300 && answer.status !== 404) return refusedOf(other.reference, answer);
    }
    return this.send(id, sending);
  }

  send(id: string, { path, payload, seen, key }: Sending): Promise<Answer> {
    return this.services.triage.post(`/concerns/${id}/${path}`, payload, { 'if-match': `"${seen}"`, 'idempotency-key': key });
  }
}

/** What was refused of another concern is refused of this one too, so that nobody takes it for done. */
function refusedOf(reference: string, { body }: Answer): Answer {
  const { detail } = refusal.parse(body ?? {});
  return { status: 409, body: { detail: `Of ${reference} it was not taken: ${detail} So it is not recorded of this concern either. Take the tick away to record it of this one alone, and look at the other by itself.` } };
}

type Identity = PersonSeen['identity'];
/** What is known together or not at all: of two people's, never half of each. */
const known = [['givenName', 'familyName'], ['birthDate', 'birthDateAsWritten'], ['nhsNumber', 'nhsNumberAsWritten'], ['address', 'postcode']] as const;

/** Who somebody is whom another stands for: as that other, and where nobody knows that of them, as was told of themselves. */
function together(standIn: Identity, own: Identity): Identity {
  if (!standIn || !own) return standIn ?? own;
  return Object.fromEntries(known.flatMap((fields) => fields.map((field) => [field, (fields.some((one) => standIn[one]) ? standIn : own)[field]])));
}
