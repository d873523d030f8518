import { PassThrough } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { problemOf } from './problem.js';
import { trouble } from './trouble.js';

const everyMs = 200;
const onTrouble = trouble('telling');

/** Whoever asked has gone. */
export class Unheard extends Error {
  override readonly name = 'Unheard';
}

/** Says how far the work has come; `Unheard` is thrown when nobody listens any more, which gives the work up. */
export type Tell = (progress: object) => void;

/**
 * Long work that tells how far it has come in lines of JSON, and in the last line what it came to (`done`) or why it failed
 * (`failed`): its answer has begun by then, so the status cannot say so.
 */
export function tellingOf(work: (tell: Tell) => Promise<object>): StreamableFile {
  const lines = new PassThrough();
  let last = Number.NEGATIVE_INFINITY;
  const say = (line: object): void => void lines.write(`${JSON.stringify(line)}\n`);
  const tell: Tell = (progress) => {
    if (lines.destroyed) throw new Unheard('nobody listens any more');
    if (performance.now() - last < everyMs) return;
    last = performance.now();
    say(progress);
  };
  void work(tell)
    .then((done) => say({ done }))
    .catch((error: unknown) => {
      if (error instanceof Unheard) return;
      onTrouble(error);
      if (!lines.destroyed) say({ failed: problemOf(error).detail });
    })
    .finally(() => lines.end());
  return new StreamableFile(lines, { type: 'application/x-ndjson' });
}
