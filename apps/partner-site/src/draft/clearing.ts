import type { Drafts } from './drafts.js';

const everyMs = 60_000;

/** Where it is noted what could not be done, and what somebody has to look at. */
interface Log {
  warn(line: object): void;
  error(line: object): void;
}

/** Deletes drafts whose time is over, minute by minute, and looks how much room is left. Gives what ends that. */
export function keepClear(drafts: Pick<Drafts, 'clear'>, log: Log): () => void {
  const clear = async (): Promise<void> => {
    try {
      const { bytes, isHalfFull } = await drafts.clear();
      if (isHalfFull) log.error({ kind: 'drafts filling up', bytes });
    } catch {
      log.warn({ kind: 'drafts not cleared' });
    }
  };
  const timer = setInterval(() => void clear(), everyMs).unref();
  void clear();
  return () => clearInterval(timer);
}
