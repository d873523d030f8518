import type { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
// By their files: the lib as a whole brings databases and brokers, which a site has nothing to do with.
import { hearOut } from '../../platform/src/hear-out.js';
import { takeFiles } from '../../platform/src/take-files.js';

/** A file of a form as it arrives: what stood before it in the form is there, and it is read by whoever wants it. */
export class SentFile {
  constructor(
    readonly name: string,
    readonly type: string,
    readonly content: Readable,
  ) {}
}

/** The file that a form brought; undefined where none was chosen. */
export function sentFileIn(body: unknown): SentFile | undefined {
  const { file } = (body ?? {}) as { file?: unknown };
  return file instanceof SentFile && file.name !== '' ? file : undefined;
}

/** Lets a form bring a file. Its fields stand before the file, the form's token among them, and are judged as every form's before anything of the file is read. */
export async function takeFilesOfForms(app: NestFastifyApplication): Promise<void> {
  await takeFiles(app);
  hearOut(app);
  app.getHttpAdapter().getInstance().addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    const part = await request.file();
    const fields = Object.entries(part?.fields ?? {}).flatMap(([name, field]) => (field && 'value' in field && typeof field.value === 'string' ? [[name, field.value] as const] : []));
    request.body = { ...Object.fromEntries(fields), ...(part ? { file: new SentFile(part.filename, part.mimetype, part.file) } : {}) };
  });
}

/** What became of the files of a concern, as `triage` tells it. */
export const fileList = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string().nullable(), kind: z.string(), bytes: z.number(), state: z.enum(['held', 'clean', 'refused']), addedAt: z.string() })),
  mostBytes: z.number(),
  most: z.number(),
});
export type FileList = z.infer<typeof fileList>;

/** Why a file was not taken. */
export const fileRefusal = z.object({ detail: z.string().catch('It was not taken.'), code: z.string().optional().catch(undefined) });
export type FileRefusal = z.infer<typeof fileRefusal>;

const kinds: Record<string, string> = { pdf: 'PDF', jpeg: 'picture (JPEG)', png: 'picture (PNG)', heic: 'picture (HEIC)', text: 'plain text' };

/** What browsers offer to be chosen. What is taken is judged by whoever takes it. */
export const filesOffered = '.pdf,.jpg,.jpeg,.png,.heic,.heif,.txt';

/** What a file is, and how long: "PDF, 1.2 MB". */
export function fileInWords({ kind, bytes }: { kind: string; bytes: number }): string {
  const length = bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${kinds[kind] ?? kind}, ${length}`;
}
