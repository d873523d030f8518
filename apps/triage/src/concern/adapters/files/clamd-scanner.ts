import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Scanner } from '../../application/scanner.js';
import type { FileVerdict } from '../../domain/codes.js';

/** Longer than clamd takes for a file of the size that is taken. */
const patienceMs = 120_000;
const longestAnswer = 4_096;

/**
 * ClamAV, by the INSTREAM command of its clamd: what is sent goes in lengths and pieces, an empty one ends it, and one line
 * is answered. The one client on the npm registry runs programs besides, and was last released in 2024: these are the lines of it that are needed.
 */
export class ClamdScanner extends Scanner {
  readonly isThere = true;

  constructor(private readonly url: URL) {
    super();
  }

  async scan(content: AsyncIterable<Buffer>): Promise<FileVerdict> {
    const socket = this.connected();
    try {
      const [, said] = await Promise.all([pipeline(Readable.from(streamed(content)), socket, { end: false }), answerOf(socket)]);
      if (said === 'stream: OK') return 'clean';
      if (/^stream: .+ FOUND$/.test(said)) return 'refused';
      throw new Error('the scanner could not say');
    } finally {
      socket.destroy();
    }
  }

  private connected(): Socket {
    const { protocol, hostname, port, pathname } = this.url;
    const socket = protocol === 'unix:' ? connect(pathname) : connect(Number(port || 3310), hostname);
    return socket.setTimeout(patienceMs, () => socket.destroy(new Error('the scanner does not answer')));
  }
}

async function* streamed(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of content) yield Buffer.concat([lengthOf(piece.length), piece]);
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** Up to its first zero. Throws where the connection ends before that. */
async function answerOf(socket: Socket): Promise<string> {
  let said = '';
  for await (const piece of socket.iterator({ destroyOnReturn: false })) {
    said += (piece as Buffer).toString('latin1');
    if (said.includes('\0')) return said.slice(0, said.indexOf('\0')).trim();
    if (said.length > longestAnswer) break;
  }
  throw new Error('the scanner does not answer as clamd does');
}
