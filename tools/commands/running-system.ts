import { Home } from '../start/home.ts';
import { findRunning, type Running } from '../start/running.ts';
import { System } from '../start/system.ts';

/** Works on the system that runs on this home; where none does, starts one for as long as the work takes. */
export async function withSystem<T>(work: (running: Running) => Promise<T>, say: (line: string) => void): Promise<T> {
  const home = Home.named();
  const running = await findRunning(home);
  if (running) return work(running);
  say('Nothing runs on this home yet: starting it for this command.');
  const system = new System({ home, say: () => undefined });
  const stop = (): void => void system.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    return await work(await system.start());
  } finally {
    await system.stop();
  }
}
