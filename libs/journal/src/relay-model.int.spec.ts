import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { countingSlice, MakeTally20260101000000, publish } from '../test/counting.js';
import { type Carrier, dataSource, type Envelope, Lease, migrate, Records, Relay, type Session } from './index.js';

const at = '2026-06-01T09:00:00.000000Z';
const records = new Records(countingSlice);

/** A stream that takes a message id once, as the broker's does; and everything that ever came to it. */
class Stream {
  readonly kept: Envelope[] = [];
  readonly came: Envelope[] = [];

  take(envelope: Envelope): { sequence: number; isDuplicate: boolean } {
    this.came.push(envelope);
    const at = this.kept.findIndex(({ id }) => id === envelope.id);
    return at >= 0 ? { sequence: at + 1, isDuplicate: true } : { sequence: this.kept.push(envelope), isDuplicate: false };
  }

  /** Loses everything after so many messages, and tells nobody. */
  goBack(left: number): void {
    this.kept.length = Math.min(left, this.kept.length);
  }

  state = (sequence: number) => ({
    created: 'once',
    firstSequence: 1,
    lastSequence: this.kept.length,
    lastId: this.kept.at(-1)?.id ?? null,
    idAt: this.kept[sequence - 1]?.id ?? null,
  });
}

/** What became of what was on its way when the process stopped. */
type Last = 'never' | 'at once' | 'later';

/** One life of a process: it stops for good after so many steps, in the middle of whatever it does. */
class Life {
  private readonly late: (() => void)[] = [];
  private session: Session | undefined;
  isOver = false;

  constructor(
    private readonly stream: Stream,
    private stepsLeft: number,
    private readonly last: Last,
  ) {}

  readonly carrier: Carrier = {
    connections: () => 1,
    streamState: async (sequence) => this.stream.state(sequence),
    publish: async (envelope) => {
      const arrive = () => this.stream.take(envelope);
      await this.step(arrive);
      const acknowledged = arrive();
      await this.step();
      return acknowledged;
    },
  };

  async open(connection: Parameters<typeof Lease.open>[0]): Promise<Session> {
    await this.step();
    const lease = await Lease.open(connection, 'relay/model');
    const { query } = lease;
    lease.query = async <Row>(...asked: Parameters<Session['query']>): Promise<Row[]> => {
      await this.step();
      const rows = await query.call(lease, ...asked);
      await this.step();
      return rows as Row[];
    };
    this.session = lease;
    return lease;
  }

  /** What the process had sent and the network still held arrives after all. */
  arriveLate(): void {
    for (const arrive of this.late) arrive();
  }

  private async step(arrive?: () => void): Promise<void> {
    if (!this.isOver && this.stepsLeft > 0) this.stepsLeft -= 1;
    else this.stop();
    if (!this.isOver) return;
    if (arrive && this.last === 'at once') arrive();
    if (arrive && this.last === 'later') this.late.push(arrive);
    await new Promise(() => {});
  }

  stop(): void {
    if (this.isOver) return;
    this.isOver = true;
    void this.session?.close();
  }
}

let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  await migrate({ url: database.url('triage', 'migrate'), schema: 'triage', migrations: [MakeTally20260101000000] });
  source = await dataSource({ url: database.url('triage', 'app'), name: 'test' }).initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.close();
});

/** Adds to the stories of a few records, so many events to each. */
async function tell(counts: number[]): Promise<void> {
  const recordIds = counts.map(() => randomUUID());
  const context = { authority: null, actor: null, recordedAt: at };
  for (let round = 0; round < Math.max(...counts); round += 1) {
    const due = recordIds.filter((_, index) => counts[index]! > round);
    await source.transaction((tx) => records.handleAll(tx, due.map((recordId) => ({ recordId, command: { type: 'Count', at }, context }))));
  }
}

const told = async (): Promise<string[]> =>
  (await source.query(`select id || ':v1' as id from journal where contract_sequence is not null`)).map((row: { id: string }) => row.id);

function startRelay(life: Life): Relay {
  const connection = { url: database.url('triage', 'relay'), name: 'relay' };
  const relay = new Relay({ service: 'model', stream: 'model', connection, carrier: life.carrier, publish, onTrouble: () => {}, open: () => life.open(connection) });
  relay.start();
  return relay;
}

/** Runs the lives one after another, and then one that lasts until nothing waits. */
async function live(stream: Stream, lives: Life[]): Promise<void> {
  for (const life of lives) {
    startRelay(life);
    while (!life.isOver && (await waiting()) > 0) await pause(2);
    life.stop();
  }
  const last = new Life(stream, Number.POSITIVE_INFINITY, 'never');
  const relay = startRelay(last);
  while ((await waiting()) > 0) await pause(2);
  for (const life of lives) life.arriveLate();
  await relay.stop();
}

/** The ids of what was told, and of what the stream keeps. */
const compared = async ({ kept }: Stream) => ({ told: (await told()).toSorted(), kept: kept.map(({ id }) => id).toSorted() });

const waiting = async (): Promise<number> => (await source.query('select count(*) as n from outbox'))[0].n;

describe('a relay whose process stops after any step, and another that starts', () => {
  const life = fc.record({ steps: fc.integer({ min: 1, max: 60 }), last: fc.constantFrom<Last>('never', 'at once', 'later') });

  it('carries every event once, in order within a record', async () => {
    const stream = new Stream();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }), fc.array(life, { maxLength: 4 }), async (counts, lives) => {
        await tell(counts);
        await live(stream, lives.map(({ steps, last }) => new Life(stream, steps, last)));
        expect(stream.kept.map(({ id }) => id).toSorted()).toEqual((await told()).toSorted());
        // Also what a broker that forgot would have kept twice came in order the first time.
        for (const story of Map.groupBy(stream.kept, ({ subject }) => subject).values()) {
          expect(story.map(({ sequence }) => sequence)).toEqual(story.map((_, index) => index + 1));
        }
      }),
      { numRuns: 25, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
    );
  }, 60_000);

  it('fills a stream again from its beginning where an older copy ends with a message that is nobody’s here', async () => {
    const stream = new Stream();
    await tell([3, 2]);
    await live(stream, []);
    stream.goBack(1);
    stream.kept.push({ id: 'poison-1', subject: 'nobody' } as Envelope);
    await tell([1]);
    await live(stream, []);
    const { told: all, kept } = await compared(stream);
    expect(kept.filter((id) => id !== 'poison-1')).toEqual(all);
  }, 30_000);

  it('fills a stream again that went back while it was connected, also where it stops before it has looked', async () => {
    const stream = new Stream();
    const life = new Life(stream, Number.POSITIVE_INFINITY, 'never');
    await tell([3, 2]);
    await live(stream, []);
    const relay = startRelay(life);
    const carried = async (): Promise<void> => {
      await tell([1, 1]);
      relay.nudge();
      while ((await waiting()) > 0) await pause(2);
    };
    await carried();
    stream.goBack(stream.kept.length - 1);
    life.carrier.streamState = () => Promise.reject(new Error('no answer'));
    await carried();
    life.stop();
    await tell([1]);
    await live(stream, []);
    const { told: all, kept } = await compared(stream);
    expect(kept).toEqual(all);
  }, 30_000);

  it('fills a stream again that went back while it was connected, as soon as it carries anything more', async () => {
    const stream = new Stream();
    const life = new Life(stream, Number.POSITIVE_INFINITY, 'never');
    // The journal has stories that other tests told, which another stream has.
    await tell([1]);
    await live(stream, []);
    const relay = startRelay(life);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 60 }), async (counts, left) => {
        await tell(counts);
        relay.nudge();
        while ((await waiting()) > 0) await pause(2);
        stream.goBack(left);
        await tell([1]);
        relay.nudge();
        for (let looks = 0; looks < 500; looks += 1, await pause(2)) {
          const { told: all, kept } = await compared(stream);
          if (all.join() === kept.join()) return;
        }
        const { told: all, kept } = await compared(stream);
        expect(kept).toEqual(all);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    );
    await relay.stop();
    life.stop();
  }, 60_000);
});
