import { freePorts, isFree } from '../servers/ports.ts';

/** A port that was free a moment ago. */
export interface Chosen {
  port: number;
  /** Nobody asked for this one: where it was taken meanwhile, the next that is free from here on does as well. */
  orFrom: number | undefined;
}

const mostTries = 5;

/** Starts something that listens, on another port where somebody was faster: two systems that start at once find the same ones free. Returns the port that it got. */
export async function onFreePort({ port, orFrom }: Chosen, start: (port: number) => Promise<void>): Promise<number> {
  for (let at = port, tries = 1; ; tries += 1) {
    try {
      await start(at);
      return at;
    } catch (error) {
      if (orFrom === undefined || tries === mostTries || (await isFree(at))) throw error;
      [at = 0] = await freePorts(1, Math.max(at + 1, orFrom));
    }
  }
}
