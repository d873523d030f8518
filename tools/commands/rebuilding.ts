import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { CommandError } from './failure.ts';

/** How far a service has come: what it is doing, and a count of what it has done. */
export type Step = { doing: string } & Record<string, number | string>;

type Line<Done> = Step | { done: Done } | { failed: string };

interface Asking {
  url: string;
  headers: Record<string, string>;
}

/** Has a service rebuild something and hears how far it is. Nothing changes where this throws before the end. */
export const rebuilding = <Done>(asking: Asking, what: string, onStep: (step: Step) => void): Promise<Done> => working<Done>(asking, { path: `/internal/rebuild/${what}`, what }, onStep);

/** Has a service do something that takes its time, and hears how far it is. */
export async function working<Done>({ url, headers }: Asking, { path, body, what }: { path: string; body?: object; what: string }, onStep: (step: Step) => void): Promise<Done> {
  const sent = body ? { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } } : { headers };
  const answer = await fetch(`${url}${path}`, { method: 'POST', ...sent }).catch(() => {
    throw new CommandError(`${url} does not answer. Its log says why; run the command again when it is well.`);
  });
  if (!answer.ok || !answer.body) throw new CommandError(await refusal(answer));
  try {
    for await (const text of createInterface({ input: Readable.fromWeb(answer.body) })) {
      const line = JSON.parse(text) as Line<Done>;
      if ('done' in line) return line.done as Done;
      if ('failed' in line) throw new CommandError(`The ${what} could not be done anew; what was not finished is as it was. ${line.failed as string}`);
      onStep(line);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
  }
  throw new CommandError(`${url} ended half way through. What it had not finished is as it was; run the command again.`);
}

async function refusal(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => undefined)) as { detail?: string } | undefined;
  return problem?.detail ?? `${answer.url} answered ${answer.status}.`;
}
