import type { Queries } from '../database.js';
import type { Check } from './check.js';

interface Letter {
  message_id: string;
  stream: string;
  stream_sequence: number;
  type: string;
  error_class: string;
}

const page = 500;

/** No message waits for a person. */
export const deadLetters = (queries: Queries): Check => ({
  name: 'dead-letters',
  async *run() {
    let looked = 0;
    for (let after = ''; ; ) {
      const letters: Letter[] = await queries.query(
        `select message_id, stream, stream_sequence, type, error_class from dead_letter where message_id > $1 order by message_id limit ${page}`,
        [after],
      );
      for (const letter of letters) {
        yield {
          what: 'a message was set aside and waits for a person',
          where: { message: letter.message_id, stream: letter.stream, sequence: letter.stream_sequence, type: letter.type, error: letter.error_class },
        };
      }
      looked += letters.length;
      if (letters.length < page) return { looked };
      after = letters.at(-1)!.message_id;
    }
  },
});
