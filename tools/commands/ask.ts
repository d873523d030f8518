import { CommandError } from './failure.ts';

/** Asks a service and returns its JSON. What it answers instead is told in words. */
export async function ask<T>(url: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    throw new CommandError(`${new URL(url).origin} does not answer (${reasonOf(error)}). What was taken before stays; run the command again.`);
  }
  const text = await answer.text();
  if (!answer.ok) throw new CommandError(`${new URL(url).pathname} answered ${answer.status}: ${detailOf(text)}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

const reasonOf = (error: unknown): string => {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error as Error).message;
};

function detailOf(text: string): string {
  try {
    return (JSON.parse(text) as { detail?: string }).detail ?? text;
  } catch {
    return text.slice(0, 500);
  }
}
