import { middle } from '../spread.ts';

/** Does something so many times, so many at once, and says how long each took, in milliseconds. */
export async function timesOf(count: number, atOnce: number, act: (at: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const startedAt = performance.now();
      await act(at);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return times;
}

/** The middle of the times that something took, done so many times one after another. */
export const middleTimeOf = async (count: number, act: (at: number) => Promise<unknown>): Promise<number> => middle(await timesOf(count, 1, act));
