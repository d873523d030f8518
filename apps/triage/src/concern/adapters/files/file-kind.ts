import { HttpException } from '@nestjs/common';
import { RuleViolation } from '#libs/decider';
import type { FileKind } from '../../domain/codes.js';

/** As what each kind is given back. Nothing opens it here, and no browser guesses. */
export const typeOf: Record<FileKind, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png', heic: 'image/heic', text: 'text/plain; charset=utf-8' };

const ofExtension = new Map<string, FileKind>([['pdf', 'pdf'], ['jpg', 'jpeg'], ['jpeg', 'jpeg'], ['png', 'png'], ['heic', 'heic'], ['heif', 'heic'], ['txt', 'text']]);
const ofType = new Map<string, FileKind>([['application/pdf', 'pdf'], ['image/jpeg', 'jpeg'], ['image/png', 'png'], ['image/heic', 'heic'], ['image/heif', 'heic'], ['text/plain', 'text']]);
/** Browsers send these where they do not know better. */
const saysNothing = new Set(['', 'application/octet-stream']);

const latin = (head: Buffer, from: number, to: number): string => head.toString('latin1', from, to);
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** What files of each kind begin with; plain text begins with nothing of its own. */
const beginnings: Record<Exclude<FileKind, 'text'>, (head: Buffer) => boolean> = {
  pdf: (head) => latin(head, 0, 5) === '%PDF-',
  jpeg: (head) => latin(head, 0, 3) === '\xff\xd8\xff',
  png: (head) => latin(head, 0, 8) === '\x89PNG\r\n\x1a\n',
  heic: (head) => latin(head, 4, 8) === 'ftyp' && heicBrands.has(latin(head, 8, 12)),
};
/** As much of a file as tells its kind. */
const headBytes = 12;

const refuse = (code: `concern/file-${string}`, message: string): never => {
  throw new RuleViolation(code, message);
};
const notAsSaid = (): never => refuse('concern/file-not-as-said', 'What the file holds is not what its name says. Save it again as a PDF or a picture, then choose that.');

const longestName = 200;
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** A file's own name, without the folders that some programs send along. Throws where it would show otherwise than it is. */
export function nameIn(sent: string): string {
  const name = (sent.split(/[/\\]/).at(-1) ?? '').normalize('NFC').trim();
  if (name === '' || /^\.+$/.test(name)) return refuse('concern/file-name-required', 'Choose a file first.');
  if (name.length > longestName || unprintable.test(name) || !name.isWellFormed()) return refuse('concern/file-name-refused', 'The file’s name is too long, or has characters in it that do not show. Give it a short plain one, such as photo.jpg, then choose it again.');
  return name;
}

/** The kind that a file is said to be, by its name and by whoever sends it. Throws where that is none that is taken. */
export function saidKind(name: string, type: string): FileKind {
  const kind = ofExtension.get(/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '');
  if (!kind) return refuse('concern/file-kind-not-taken', 'Files of this kind are not taken. Send a PDF, a picture (JPEG, PNG, HEIC) or plain text (.txt); a Word document can be saved as a PDF.');
  const said = type.split(';')[0]!.trim().toLowerCase();
  return saysNothing.has(said) || ofType.get(said) === kind ? kind : notAsSaid();
}

/** What was sent, as it comes, for as long as it is of the kind that it is said to be, and not too long. */
export async function* asSaid(sent: AsyncIterable<Buffer>, { kind, mostBytes }: { kind: FileKind; mostBytes: number }): AsyncGenerator<Buffer> {
  const text = kind === 'text' ? new TextDecoder('utf-8', { fatal: true }) : undefined;
  let [head, bytes] = [Buffer.alloc(0), 0];
  for await (const chunk of sent) {
    if ((bytes += chunk.length) > mostBytes) throw tooLarge(mostBytes);
    if (text) needsPlain(() => text.decode(chunk, { stream: true }));
    const isNew = head.length < headBytes;
    if (isNew) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
    if (isNew && head.length === headBytes) needsBeginning(kind, head);
    yield chunk;
  }
  if (bytes === 0) refuse('concern/file-empty', 'The file is empty. Look whether it is the right one.');
  if (head.length < headBytes) needsBeginning(kind, head);
  if (text) needsPlain(() => text.decode());
}

export const tooLarge = (mostBytes: number): HttpException =>
  new HttpException({ message: `A file may have ${Math.floor(mostBytes / 1_000_000)} MB at most. Choose a smaller copy of it, or send it in parts.`, code: 'concern/file-too-large' }, 413);

function needsBeginning(kind: FileKind, head: Buffer): void {
  const found = Object.entries(beginnings).find(([, begins]) => begins(head))?.[0] ?? 'text';
  if (found !== kind) notAsSaid();
}

/** Every control character but those that lay out text. */
const control = /[^\P{Cc}\t\n\f\r]/u;

/** Words in UTF-8, and nothing else. */
function needsPlain(decode: () => string): void {
  let words = '\u0000';
  try {
    words = decode();
  } catch {
    // It is no UTF-8.
  }
  if (control.test(words)) notAsSaid();
}
