/** Collects what arrives one by one and hands it out in batches of whatever waits, without delaying a lone one. */
export class Mailbox<T> {
  private waiting: T[] = [];
  private isClosed = false;
  private wake: (() => void) | undefined;

  put(item: T): void {
    this.waiting.push(item);
    this.wake?.();
  }

  close(): void {
    this.isClosed = true;
    this.wake?.();
  }

  /** What waits just now. */
  get contents(): readonly T[] {
    return this.waiting;
  }

  /** At least one and at most `most`; empty only once closed and emptied. */
  async take(most: number): Promise<T[]> {
    while (this.waiting.length === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.waiting.splice(0, most);
  }
}
