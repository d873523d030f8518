import { setTimeout as sleep } from 'node:timers/promises';
import { operated, type Operated } from '../commands/tokens.ts';
import { Home } from './home.ts';
import { whenNpmIsGone } from './parent.ts';
import { findRunning, type Running } from './running.ts';

/** Longer than a start takes, so that a command given while one goes on waits for it. */
const startingMs = 120_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Does something on the system of the home that the environment names: on the one that runs, or else on one that is
 * started for it and stopped afterwards. Speaks on standard error alone, since standard output is the command's.
 */
export async function withSystem<Result>(work: (running: Operated) => Promise<Result>): Promise<Result> {
  const home = Home.named();
  const running = await waitForRunning(home);
  if (running) return work(operated(home, running));
  say(`Nothing runs on ${home.folder}: starting what this needs.`);
  // Most commands find a system that runs, and are spared what it takes to start one.
  const { System } = await import('./system.ts');
  const system = new System({ home, say, port: undefined });
  const stopOn = (status: number) => (): void => void system.stop().then(() => process.exit(status));
  process.once('SIGINT', stopOn(130));
  process.once('SIGTERM', stopOn(143));
  whenNpmIsGone(stopOn(143));
  try {
    return await work(operated(home, await system.start()));
  } finally {
    await system.stop();
  }
}

async function waitForRunning(home: Home): Promise<Running | undefined> {
  for (let waited = 0; waited < startingMs; waited += 200) {
    const running = await findRunning(home);
    if (running || !(await home.isLocked())) return running;
    await sleep(200);
  }
  return undefined;
}
