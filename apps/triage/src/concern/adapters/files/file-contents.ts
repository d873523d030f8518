import { Injectable, RequestTimeoutException } from '@nestjs/common';
import { addSeconds, type Instant } from '#libs/calendar';
import { Narrative, type Queries, seal, sealLength, type Tx, unseal } from '#libs/journal';

/** A file of a record, by ids alone. */
export interface FilePlace {
  fileId: string;
  recordId: string;
  authority: string;
}

/** A file that waits to be scanned, and how often that was begun, this time included. */
export interface Waiting extends FilePlace {
  tries: number;
}

export const partBytes = 256 * 1024;
/** Longer than a scan takes: whoever claimed one and died is not waited for any longer. */
const claimedSeconds = 300;
/** So much later it is tried again; the last goes on. */
const waits = [15, 30, 60, 120, 300, 900];
/** Longer than anybody may go on sending. */
const sendingSeconds = 3_600;

const place = (fileId: string, number: number): string => `file_part/cipher/${fileId}/${number}`;

/** What files hold, in parts that are each encrypted by themselves, so that none is ever whole in memory. */
@Injectable()
export class FileContents {
  constructor(private readonly narrative: Narrative) {}

  /** From now on its parts may come. Returns the key of its record. */
  async begin(tx: Tx, { fileId, recordId, authority }: FilePlace, now: Instant): Promise<Buffer> {
    const keys = await this.narrative.keysFor(tx, [recordId]);
    await tx.query(`insert into upload (file_id, record_id, authority, begun_at) values ($1, $2, $3, $4)`, [fileId, recordId, authority, now]);
    return keys.get(recordId)!;
  }

  /** Keeps what comes, a part at a time, each in a transaction of its own: whoever sends slowly holds up nobody. Returns how many bytes came. */
  async keep(queries: Queries, { fileId, recordId }: FilePlace, { key, content }: { key: Buffer; content: AsyncIterable<Buffer> }): Promise<number> {
    let [number, bytes] = [0, 0];
    for await (const part of inParts(content)) {
      bytes += part.length;
      number += 1;
      await queries.query(`insert into file_part (file_id, number, record_id, cipher) values ($1, $2, $3, $4)`, [fileId, number, recordId, seal(key, place(fileId, number), part)]);
    }
    return bytes;
  }

  /** It is whole, and waits to be scanned. Throws where it took so long that its beginning was let go of. */
  async isWhole(tx: Tx, { fileId }: FilePlace, now: Instant): Promise<void> {
    const [, waiting]: [unknown[], number] = await tx.query(`update upload set due_at = $2 where file_id = $1`, [fileId, now]);
    if (waiting === 0) throw new RequestTimeoutException('Sending this file took longer than an hour, so nothing of it was kept. Send it again.');
  }

  /** Lets go of what came of a file that was not taken. */
  async giveUp(tx: Tx, fileId: string): Promise<void> {
    const [gone]: [unknown[], number] = await tx.query(`delete from upload where file_id = $1 and due_at is null returning file_id`, [fileId]);
    if (gone.length > 0) await this.delete(tx, fileId);
  }

  /** The same of all that nobody goes on sending. */
  async giveUpLeft(tx: Tx, now: Instant): Promise<number> {
    const [left]: [{ fileId: string }[], number] = await tx.query(`delete from upload where due_at is null and begun_at < $1 returning file_id as "fileId"`, [addSeconds(now, -sendingSeconds)]);
    for (const { fileId } of left) await this.delete(tx, fileId);
    return left.length;
  }

  /** The file that has been due for longest, for whoever asks first. */
  async claim(tx: Tx, now: Instant): Promise<Waiting | undefined> {
    const [[claimed]]: [Waiting[], number] = await tx.query(
      `update upload set tries = tries + 1, due_at = $2
       where file_id in (select file_id from upload where due_at <= $1 order by due_at limit 1 for update skip locked)
       returning file_id as "fileId", record_id as "recordId", authority, tries`,
      [now, addSeconds(now, claimedSeconds)],
    );
    return claimed;
  }

  async later(tx: Tx, { fileId, tries }: Waiting, now: Instant): Promise<void> {
    await tx.query(`update upload set due_at = $2 where file_id = $1`, [fileId, addSeconds(now, waits[Math.min(tries, waits.length) - 1]!)]);
  }

  /** Nobody waits for its verdict any more; what it holds is kept only where it is clean. */
  async settle(tx: Tx, fileId: string, { isKept }: { isKept: boolean }): Promise<void> {
    await tx.query(`delete from upload where file_id = $1`, [fileId]);
    if (!isKept) await this.delete(tx, fileId);
  }

  /** The key of its record, and how many parts there are; undefined where they do not add up to the file. */
  async find(tx: Tx, { fileId, recordId }: Pick<FilePlace, 'fileId' | 'recordId'>, bytes: number): Promise<{ key: Buffer; parts: number } | undefined> {
    const [found]: { parts: number; bytes: string | null }[] = await tx.query(`select count(*)::int as parts, sum(octet_length(cipher)) as bytes from file_part where file_id = $1`, [fileId]);
    const key = (await this.narrative.findKeys(tx, [recordId])).get(recordId);
    return key && found && Number(found.bytes ?? 0) - found.parts * sealLength === bytes ? { key, parts: found.parts } : undefined;
  }

  /** What it holds, a part at a time. Throws where a part was changed or is gone. */
  async *read(queries: Queries, fileId: string, { key, parts }: { key: Buffer; parts: number }): AsyncGenerator<Buffer> {
    for (let number = 1; number <= parts; number += 1) {
      const [row]: { cipher: Buffer }[] = await queries.query(`select cipher from file_part where file_id = $1 and number = $2`, [fileId, number]);
      if (!row) throw new Error('a part of a file is gone');
      yield unseal(key, place(fileId, number), row.cipher);
    }
  }

  private async delete(tx: Tx, fileId: string): Promise<void> {
    await tx.query(`delete from file_part where file_id = $1`, [fileId]);
  }
}

/** What comes in any pieces, in pieces of one size and a last one. */
async function* inParts(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [pieces, bytes]: [Buffer[], number] = [[], 0];
  for await (const chunk of content) {
    pieces.push(chunk);
    bytes += chunk.length;
    while (bytes >= partBytes) {
      const whole = Buffer.concat(pieces);
      yield whole.subarray(0, partBytes);
      [pieces, bytes] = [[whole.subarray(partBytes)], bytes - partBytes];
    }
  }
  if (bytes > 0) yield Buffer.concat(pieces);
}
