import type { Queries } from './database.js';
import { type Envelope, envelopesOf } from './envelopes.js';
import type { DomainEvent, Published } from './event.js';
import { type Row, storedOf } from './journal.js';

/** The contract of that message id (`EVENT:vN`), as it was published; undefined where this service told none of that id. */
export async function contractNamed(
  source: Queries,
  options: { service: string; messageId: string; publish: (event: DomainEvent) => Published[] },
): Promise<Envelope | undefined> {
  const [row]: Row[] = await source.query(`select * from journal where id = $1::uuid`, [options.messageId.split(':')[0]]);
  return row && envelopesOf(options.service, storedOf(row), options.publish).find(({ id }) => id === options.messageId);
}
