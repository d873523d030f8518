import { constants, createReadStream } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from './failure.ts';

/** The files of an extract in the order in which they are judged, each with the service that owns it. */
export const files = [
  { file: 'people', service: 'people' },
  { file: 'concerns', service: 'triage' },
  { file: 'enquiries', service: 'section42' },
  { file: 'dols', service: 'dols' },
] as const;

export interface ExtractFile {
  file: (typeof files)[number]['file'];
  service: (typeof files)[number]['service'];
  path: string;
  bytes: number;
}

/** The files that are in the folder. Throws where there is no such folder, none of the files, or one of them twice. */
export async function extractFolder(folder: string): Promise<ExtractFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const why = { ENOENT: 'there is no such folder', ENOTDIR: 'that is a file, not a folder', EACCES: 'it may not be read' }[error.code ?? ''];
    throw new CommandError(`${folder} cannot be imported: ${why ?? error.message}.`);
  });
  const found = files.flatMap((one) => {
    const [plain, packed] = [`${one.file}.csv`, `${one.file}.csv.gz`].map((name) => names.includes(name) && name);
    if (plain && packed) throw new CommandError(`${folder} has both ${plain} and ${packed}. Take one of them away, so that it is plain which is meant.`);
    return plain || packed ? [{ ...one, path: join(folder, plain || packed || '') }] : [];
  });
  if (found.length === 0) {
    throw new CommandError(`${folder} has none of people.csv, concerns.csv, enquiries.csv and dols.csv (or each with .gz), so there is nothing to import.`);
  }
  return Promise.all(found.map(async (one) => ({ ...one, bytes: await readable(one.path) })));
}

async function readable(path: string): Promise<number> {
  try {
    await access(path, constants.R_OK);
    const { size, isDirectory } = await stat(path).then((it) => ({ size: it.size, isDirectory: it.isDirectory() }));
    if (isDirectory) throw new Error('it is a folder');
    return size;
  } catch (error) {
    throw new CommandError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}). Nothing was imported.`);
  }
}

/** A file's bytes as they are read, unpacked where it is packed; `onBytes` hears how much of the file has been read. */
export function open({ path }: ExtractFile, onBytes: (bytes: number) => void): Readable {
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  source.on('data', (chunk) => onBytes(chunk.length));
  // A failure of any part reaches whoever reads the last one.
  return pipeline(source, path.endsWith('.gz') ? createGunzip() : new PassThrough(), () => undefined);
}
