import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const newline = 10;
const chunkLength = 65_536;

/** The seals outside the database, a line each, only ever added to. */
export class SealFile {
  constructor(readonly path: string) {}

  /** Resolves once the disk has it. What a crash left of a line is ended first, so that it stays apart. */
  async append(line: string): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const isTorn = size > 0 && (await bytesAt(file, size - 1, 1))[0] !== newline;
      await file.write(`${isTorn ? '\n' : ''}${line}\n`);
      await file.datasync();
      if (size === 0) await this.keepName();
    } finally {
      await file.close();
    }
  }

  /** The last line that was ended; undefined where there is none. */
  async lastLine(): Promise<string | undefined> {
    const file = await openIfThere(this.path);
    if (!file) return undefined;
    try {
      let tail = Buffer.alloc(0);
      for (let at = (await file.stat()).size; at > 0; ) {
        const length = Math.min(chunkLength, at);
        at -= length;
        tail = Buffer.concat([await bytesAt(file, at, length), tail]);
        const end = tail.lastIndexOf(newline);
        const before = end > 0 ? tail.lastIndexOf(newline, end - 1) : -1;
        if (end > 0 && (before >= 0 || at === 0)) return tail.toString('utf8', before + 1, end);
      }
      return undefined;
    } finally {
      await file.close();
    }
  }

  /** Every line from the first, in constant memory; none where there is no file. */
  async *lines(): AsyncGenerator<string> {
    const file = await openIfThere(this.path);
    if (!file) return;
    const input = createReadStream('', { fd: file });
    try {
      yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    } finally {
      input.destroy();
    }
  }

  /** A new file's name is the folder's to keep. */
  private async keepName(): Promise<void> {
    const folder = await open(dirname(this.path), 'r');
    await folder.sync().finally(() => folder.close());
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
