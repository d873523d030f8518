import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '#libs/journal';
import type { LetGo } from './alone.js';

/** What a service verifies, in the order of the answer. Its own module provides them: the common ones and its own. */
export class Checks {
  constructor(readonly all: readonly Check[]) {}
}

/** What every service verifies alike, for its module to begin with. */
export class CommonChecks extends Checks {}

/** Whether what was told came to the broker, and what others told was taken here. */
export class MessageChecks extends Checks {}

/**
 * Runs checks one after another and tells of them in lines: first which there are, then what is wrong as it is found,
 * and at each check's end how much it looked at. A check that could not be done is told of, and the next is done.
 */
export async function* resultsOf(checks: readonly Check[], onTrouble: (error: unknown) => void): AsyncGenerator<object> {
  yield { checks: checks.map(({ name }) => name) };
  for (const check of checks) {
    try {
      yield* resultOf(check);
    } catch (error) {
      onTrouble(error);
      yield { check: check.name, failed: (error as Error).name };
    }
  }
}

async function* resultOf(check: Check): AsyncGenerator<object> {
  const { name } = check;
  const running = check.run();
  try {
    for (let findings = 0; ; findings += 1) {
      const step = await running.next();
      if (step.done) return yield { check: name, ...step.value, findings };
      yield { check: name, ...step.value };
    }
  } finally {
    await running.return({ looked: 0 });
  }
}

const turnMs = 1_000;

/** The same results as soon as nobody else has the turn; until then, lines that say so. */
export async function* inTurn(results: AsyncGenerator<object>, take: () => Promise<LetGo | undefined>, everyMs = turnMs): AsyncGenerator<object> {
  let letGo = await take();
  for (; !letGo; letGo = await take()) {
    yield { waits: 'for another verify' };
    await pause(everyMs);
  }
  try {
    yield* results;
  } finally {
    await letGo();
  }
}

/** A listener, or something between, gives up on a connection over which nothing comes for some minutes. */
const silentMs = 20_000;

/** Results as lines of JSON, with an empty one whenever nothing has been found for a while. */
export async function* linesOf(results: AsyncGenerator<object>, everyMs = silentMs): AsyncGenerator<string> {
  try {
    for (let next = results.next(); ; ) {
      const waiting = new AbortController();
      const step = await Promise.race([next, pause(everyMs, undefined, waiting)]);
      waiting.abort();
      if (step?.done) return;
      yield step ? `${JSON.stringify(step.value)}\n` : '\n';
      if (step) next = results.next();
    }
  } finally {
    await results.return(undefined);
  }
}
