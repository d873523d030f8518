import type { FileVerdict } from '../domain/codes.js';

/** Looks through files for harmful software. Throws where it cannot say: a file that nobody vouches for stays held. */
export abstract class Scanner {
  /** Whether there is one at all. */
  abstract readonly isThere: boolean;
  abstract scan(content: AsyncIterable<Buffer>): Promise<FileVerdict>;
}

/** Nobody scans here: files are taken and held. */
export class NoScanner extends Scanner {
  readonly isThere = false;

  scan(): Promise<FileVerdict> {
    return Promise.reject(new Error('there is no scanner'));
  }
}
