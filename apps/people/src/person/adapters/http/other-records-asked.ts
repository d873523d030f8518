import { Logger } from '@nestjs/common';
import { z } from 'zod';
import { onceMore, type Peer } from '#libs/platform';
import { type AskedAbout, OtherRecords } from '../../application/other-records.js';

const people = z.object({ people: z.array(z.uuid()) });
const enquiries = z.object({ enquiries: z.array(z.object({ concernId: z.uuid(), isDisposed: z.boolean() })) });

/** As many as a service answers at once. */
const mostAsked = 1_000;

interface Question {
  name: string;
  peer: Peer;
  path: string;
  body(ids: string[]): object;
  /** The ids of those of whom a record is kept. */
  kept(answer: unknown): string[];
}

/** Where the records are of which each service tells. */
export interface Keepers {
  triage: Peer;
  section42: Peer;
  dols: Peer;
}

/** Asks `triage`, `section42` and `dols`. Where one does not answer, everybody is kept. */
export class OtherRecordsAsked extends OtherRecords {
  private readonly log = new Logger('OtherRecords');

  constructor(private readonly keepers: Keepers) {
    super();
  }

  async name(asked: readonly AskedAbout[]): Promise<boolean[] | undefined> {
    const { triage, section42, dols } = this.keepers;
    const [ids, concerns] = [unique(asked.flatMap((one) => one.people)), unique(asked.flatMap((one) => one.concerns))];
    const naming = { path: '/internal/people-named', body: (some: string[]) => ({ people: some }), kept: (answer: unknown) => people.parse(answer).people };
    const kept = await Promise.all([
      this.ask({ ...naming, name: 'triage', peer: triage }, ids),
      this.ask({ ...naming, name: 'dols', peer: dols }, ids),
      // An enquiry knows its concern and no person.
      this.ask({ name: 'section42', peer: section42, path: '/internal/enquiries/disposed', body: (some) => ({ concernIds: some }), kept: keptEnquiries }, concerns),
    ]);
    if (kept.some((some) => some === undefined)) return undefined;
    const all = new Set(kept.flatMap((some) => some!));
    return asked.map((one) => [...one.people, ...one.concerns].some((id) => all.has(id)));
  }

  private async ask({ name, peer, path, body, kept }: Question, ids: string[]): Promise<string[] | undefined> {
    const found: string[] = [];
    try {
      for (let at = 0; at < ids.length; at += mostAsked) {
        const asking = { method: 'POST', redirect: 'error', headers: { ...(await peer.signing()), 'content-type': 'application/json' }, body: JSON.stringify(body(ids.slice(at, at + mostAsked))) } as const;
        const answer = await onceMore(() => fetch(`${peer.url}${path}`, { ...asking, signal: AbortSignal.timeout(5_000) }));
        if (!answer.ok) {
          this.log.warn(`${name} answered ${answer.status} when it was asked whom its records name`);
          return undefined;
        }
        found.push(...kept(await answer.json()));
      }
      return found;
    } catch (error) {
      this.log.warn(`${name} could not be asked whom its records name (${(error as Error).name})`);
      return undefined;
    }
  }
}

const unique = (ids: string[]): string[] => [...new Set(ids)];

const keptEnquiries = (answer: unknown): string[] => enquiries.parse(answer).enquiries.flatMap(({ concernId, isDisposed }) => (isDisposed ? [] : [concernId]));
