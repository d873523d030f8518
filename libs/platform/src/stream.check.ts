import type { Check } from '#libs/journal';
import type { StreamContents } from './stream-contents.js';

/** Every contract within the stream's bounds is there under our id. */
export const streamCheck = (stream: string, contents: StreamContents): Check => ({
  name: 'stream',
  async *run() {
    const missing = contents.missing();
    for (let step = await missing.next(); ; step = await missing.next()) {
      if (step.done) return { looked: step.value };
      for (const { position, messageId } of step.value) {
        yield { what: 'the broker does not have a contract', where: { stream, position, message: messageId } };
      }
    }
  },
});
