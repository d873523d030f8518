/** A message that is still held up is delivered again within half a minute; one not seen for this long is held up elsewhere, or taken. */
const seenWithinMs = 150_000;

/** Messages that the broker keeps for later because somebody whom they need is away: how many, and for how long. */
export class HeldUp {
  private readonly messages = new Map<string, { since: number; seenAt: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(keys: string[]): void {
    const seenAt = this.now();
    for (const key of keys) this.messages.set(key, { since: this.messages.get(key)?.since ?? seenAt, seenAt });
  }

  remove(keys: string[]): void {
    if (this.messages.size > 0) for (const key of keys) this.messages.delete(key);
  }

  waiting(): { messages: number; oldestSeconds: number } {
    const now = this.now();
    for (const [key, { seenAt }] of this.messages) if (now - seenAt > seenWithinMs) this.messages.delete(key);
    const oldest = this.messages.values().reduce((least, { since }) => Math.min(least, since), now);
    return { messages: this.messages.size, oldestSeconds: Math.floor((now - oldest) / 1_000) };
  }
}
