import { z } from 'zod';
import { codes } from '#libs/contracts';
import { patientlyAsked, type Peer } from '#libs/platform';
import { heldAs } from './held-as.js';

export const concernQuestions = z.strictObject({ references: z.array(z.string().min(1)).max(10_000) });

const knownConcern = z.object({
  reference: z.string(),
  id: z.uuid(),
  authority: z.string(),
  /** Null while it is not decided. */
  outcome: codes.triageOutcome.nullable(),
});
export type KnownConcern = z.infer<typeof knownConcern>;

const reply = z.object({ concerns: z.array(knownConcern) });

/** Asks `triage`, in bulk, which of these concerns were imported, in this run or before, and what was decided; by held reference. */
export async function askConcerns(triage: Peer, run: string, references: string[]): Promise<Map<string, KnownConcern>> {
  if (references.length === 0) return new Map();
  const answer = await patientlyAsked(async () => fetch(`${triage.url}/internal/imports/${run}/concerns`, {
    redirect: 'error',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await triage.signing()) },
    body: JSON.stringify({ references: [...new Set(references.map(heldAs))] }),
    signal: AbortSignal.timeout(30_000),
  }));
  if (!answer.ok) throw new Error(`triage answered ${answer.status} when it was asked for concerns`);
  const { concerns } = reply.parse(await answer.json());
  return new Map(concerns.map((concern) => [concern.reference, concern]));
}
