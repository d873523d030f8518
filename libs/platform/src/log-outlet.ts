import { writeSync } from 'node:fs';

/** How long a reader of the log that does not keep up may hold the process up, line by line. */
const patienceMs = 200;
const tryAgainMs = 2_000;

/**
 * Where log lines go: a file or a pipe that may be full, broken or slow. A process outlives that. It goes on without its
 * log, and says in the log how much is missing as soon as something can be written again.
 */
export class LogOutlet {
  private lost = 0;
  private lostSince: string | undefined;
  private isInMiddle = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly fd = 1,
    private readonly put: (fd: number, bytes: Buffer, from: number) => number = writeSync,
  ) {}

  write(line: string): void {
    if (this.lostSince !== undefined || !this.tryPut(line)) this.lose();
  }

  private tryPut(line: string): boolean {
    try {
      // What was written of a line that did not fit ends here.
      const bytes = Buffer.from(this.isInMiddle ? `\n${line}` : line);
      for (let at = 0; at < bytes.length; ) {
        at += this.putSome(bytes, at);
        this.isInMiddle = at < bytes.length;
      }
      return true;
    } catch {
      return false;
    }
  }

  private putSome(bytes: Buffer, from: number): number {
    for (const end = performance.now() + patienceMs; ; ) {
      try {
        return this.put(this.fd, bytes, from);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || performance.now() > end) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      }
    }
  }

  private lose(): void {
    this.lost += 1;
    this.lostSince ??= new Date().toISOString();
    this.retry ??= setTimeout(() => this.comeBack(), tryAgainMs).unref();
  }

  private comeBack(): void {
    this.retry = undefined;
    const note = { level: 40, time: Date.now(), pid: process.pid, msg: 'the log could not be written', lost: this.lost, since: this.lostSince };
    if (this.tryPut(`${JSON.stringify(note)}\n`)) {
      this.lost = 0;
      this.lostSince = undefined;
    } else {
      this.retry = setTimeout(() => this.comeBack(), tryAgainMs).unref();
    }
  }
}

/** Whatever else writes to standard output or error, such as a warning of Node's, does not end the process where it cannot be written. */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
