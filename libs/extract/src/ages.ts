import { z } from 'zod';
import type { Day } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { patientlyAsked, type Peer } from '#libs/platform';
import { heldAs } from './held-as.js';

/** Who is asked about, by the extract's reference (sent as it is held), and on which London day; null where the day is not known. */
export interface AgeQuestion {
  reference: string;
  on: Day | null;
}

export const ageQuestions = z.strictObject({
  questions: z.array(z.strictObject({ reference: z.string().min(1), on: z.iso.date().nullable() })).max(10_000),
});

export const judgedAge = z.object({
  /** Whether such a person was imported, in this run or before. */
  isKnown: z.boolean(),
  ageBand: codes.ageBand,
  isUnder18: z.boolean(),
});
export type JudgedAge = z.infer<typeof judgedAge>;

const reply = z.object({ ages: z.array(judgedAge) });

/** Asks `people`, in bulk, how old these people were on those days. The answers stand in the order of the questions. */
export async function askAges(people: Peer, run: string, questions: AgeQuestion[]): Promise<JudgedAge[]> {
  if (questions.length === 0) return [];
  const answer = await patientlyAsked(async () => fetch(`${people.url}/internal/imports/${run}/ages`, {
    redirect: 'error',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await people.signing()) },
    body: JSON.stringify({ questions: questions.map(({ reference, on }) => ({ reference: heldAs(reference), on })) }),
    signal: AbortSignal.timeout(30_000),
  }));
  if (!answer.ok) throw new Error(`people answered ${answer.status} when it was asked for ages`);
  return reply.parse(await answer.json()).ages;
}

const key = ({ reference, on }: AgeQuestion): string => `${on ?? ''} ${reference}`;

/** The ages that a batch is judged against, each asked once. */
export class Ages {
  private constructor(private readonly judged: Map<string, JudgedAge>) {}

  static async ask(people: Peer, run: string, questions: AgeQuestion[]): Promise<Ages> {
    const once = [...new Map(questions.map((question) => [key(question), question])).values()];
    const ages = await askAges(people, run, once);
    return new Ages(new Map(once.map((question, index) => [key(question), ages[index]!])));
  }

  find(question: AgeQuestion): JudgedAge | undefined {
    return this.judged.get(key(question));
  }
}
