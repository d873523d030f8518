import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The file by which scanners are tried (eicar.org), which harms nobody; put together here so that no scanner takes this file for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');

/** A peer on this machine that speaks the INSTREAM command of clamd, as far as it is used here. */
export class AClamd {
  /** How many bytes it was sent, each time. */
  readonly scanned: number[] = [];
  /** What it says instead of a verdict. */
  says: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<AClamd> {
    const server = createServer();
    const peer = new AClamd(server);
    server.on('connection', (socket) => peer.hear(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get url(): string {
    return `tcp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  private hear(socket: Socket): void {
    let heard = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      const content = whole(heard);
      if (content) this.answer(socket, content);
    });
  }

  private answer(socket: Socket, content: Buffer): void {
    this.scanned.push(content.length);
    socket.end(`${this.says ?? (content.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK')}\0`);
  }
}

const command = Buffer.from('zINSTREAM\0');

/** What was sent, once it is whole. */
function whole(heard: Buffer): Buffer | undefined {
  if (heard.length < command.length) return undefined;
  if (!heard.subarray(0, command.length).equals(command)) throw new Error('that is no command of clamd');
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(heard.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
