import type { Tx } from '#libs/journal';
import { NotYet } from '#libs/messaging';
import type { Clock } from '#libs/platform';
import type { ClaimSource } from './claim-source.js';
import { IdentifyRecords, type Told } from './identify-records.js';
import type { Likeness } from './likeness.js';
import type { Acquaintance, ClaimFile, PersonFile } from './person-file.js';
import type { Persons } from './persons.js';

const told = (count: number): Told[] =>
  Array.from({ length: count }, (_, at) => ({ recordId: `record-${at}`, recordKind: 'concern', messageId: `${at}:v1`, traceparent: null }));

/** Everything but the asking is never reached. */
function asking(ask: ClaimSource['ask'], known: string[] = [], ensureAllFindable = async (): Promise<void> => {}): IdentifyRecords {
  const clock = { now: () => '2026-07-01T09:00:00.000000Z' } as Clock;
  const claims = { claimed: async () => new Set(known) } as unknown as ClaimFile;
  const people = { ensureAllFindable } as unknown as PersonFile;
  const nothing = {} as unknown;
  return new IdentifyRecords(
    { ask }, nothing as Persons, people, claims, nothing as Acquaintance, nothing as Likeness, clock,
  );
}

describe('asking whom records are about', () => {
  it('asks one question when the receiver is away, and waits', async () => {
    let asked = 0;
    const identify = asking(async () => {
      asked += 1;
      throw new NotYet('away', { isForAll: true });
    });
    await expect(identify.execute({} as Tx, told(500))).rejects.toThrow(NotYet);
    expect(asked).toBe(1);
  });

  it('asks nothing about what is known', async () => {
    const ask = (): never => {
      throw new Error('asked');
    };
    await asking(ask, ['record-0', 'record-1']).execute({} as Tx, told(2));
  });

  it('asks nothing while an update has not reached yet by what everybody is found, and waits', async () => {
    const ask = (): never => {
      throw new Error('asked');
    };
    const ensureAllFindable = (): Promise<void> => Promise.reject(new NotYet('not yet'));
    await expect(asking(ask, [], ensureAllFindable).execute({} as Tx, told(2))).rejects.toThrow(NotYet);
  });
});
