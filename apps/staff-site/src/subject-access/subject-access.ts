import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, because, type ServiceClient, ServiceUnavailable } from '#libs/pages';
import { Services } from '../outside.js';

const found = z.object({ items: z.array(z.object({ id: z.string(), reference: z.string(), personId: z.string().nullable() })) });
const entry = z.object({
  service: z.string(), record: z.string(), recordId: z.string(), reference: z.string(), when: z.string().nullable(),
  what: z.string(), words: z.string(), thirdParty: z.string().nullable(),
});
const held = z.object({ entries: z.array(entry), next: z.string().nullable() });
const known = z.object({
  identity: z.object({ givenName: z.string().nullable(), familyName: z.string().nullable(), birthDate: z.string().nullable(), nhsNumber: z.string().nullable(), address: z.string().nullable(), postcode: z.string().nullable() }).nullable(),
});

/** What is held, as a service tells it. */
export type HeldEntry = z.infer<typeof entry>;
export type Subject = z.infer<typeof known>['identity'];

const path = '/subject-access';
/** As many concerns as enquiries are asked for in one go. */
const concernsAtOnce = 200;

/** Everything that the services hold about somebody. Throws `StepUpNeeded` where whoever asks has to show again that it is them. */
@Injectable()
export class SubjectAccess {
  constructor(private readonly services: Services) {}

  /** Whom the records with this reference are about; null: a record of which nobody knows that. */
  async find(reference: string, why: string): Promise<(string | null)[]> {
    const { triage, dols } = this.services;
    const asked = await Promise.all([['triage', triage] as const, ['dols', dols] as const].map(async ([name, service]) => read(name, found, await service.query(`${path}/find`, { reference, why }))));
    return [...new Set(asked.flatMap(({ items }) => items.map(({ personId }) => personId)))];
  }

  /** Who somebody is, to be sure before anything is made; undefined where the council of whoever asks knows nobody of that id. */
  async who(person: string): Promise<Subject | undefined> {
    return (await this.services.people.as(because('a subject access request')).find(`/people/${person}`, known))?.identity;
  }

  /** All of it, or a failure: half a pack could be taken for a whole one. Undefined where there is no such person. */
  async everything(person: string, why: string): Promise<HeldEntry[] | undefined> {
    const { people, triage, section42, dols } = this.services;
    const identity = await people.query(path, { person, why });
    if (identity.status === 404) return undefined;
    const concerns = await this.pages('triage', triage, { person, why });
    const ids = [...new Set(concerns.map(({ recordId }) => recordId))];
    const enquiries: HeldEntry[] = [];
    for (let at = 0; at < ids.length; at += concernsAtOnce) {
      enquiries.push(...(await this.pages('section42', section42, { person, why, concerns: ids.slice(at, at + concernsAtOnce) })));
    }
    return [...read('people', held, identity).entries, ...concerns, ...enquiries, ...(await this.pages('dols', dols, { person, why }))];
  }

  private async pages(name: string, service: ServiceClient, question: object): Promise<HeldEntry[]> {
    const all: HeldEntry[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const { entries, next }: z.infer<typeof held> = read(name, held, await service.query(path, { ...question, ...(after && { after }) }));
      all.push(...entries);
      after = next;
    }
    return all;
  }
}

function read<Shape extends z.ZodType>(service: string, shape: Shape, { status, body }: Answer): z.infer<Shape> {
  const { success, data } = shape.safeParse(body);
  if (status !== 200 || !success) throw new ServiceUnavailable(service);
  return data;
}
