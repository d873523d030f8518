import { jest } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Pulse } from '#libs/journal';
import { Clock, Database } from '#libs/platform';
import { type Notice, Notices } from '../src/concern/adapters/persistence/notices.js';
import { Webhooks } from '../src/concern/adapters/persistence/webhooks.js';
import { Caller } from '../src/concern/adapters/webhook/caller.js';
import { Notifier } from '../src/concern/adapters/webhook/notifier.js';
import { AReceiver } from './a-receiver.js';
import { ATriage } from './a-triage.js';

const [program, other] = ['partner-police', 'partner-hospital'];

let triage: ATriage;
let slow: AReceiver;
let fine: AReceiver;
/** The answers that the slow one owes. */
let owed: ServerResponse[];
/** When a test is over, so that one that failed waits for nothing any more. */
let ended: AbortController;
beforeAll(async () => {
  [triage, slow, fine] = await Promise.all([ATriage.make(), AReceiver.start(), AReceiver.start()]);
  // However long the slow one is waited for here, nobody gives it up.
  (triage.app.get(Caller) as unknown as { timeoutMs: number }).timeoutMs = 3_600_000;
}, 60_000);
afterAll(async () => {
  await triage?.close();
  await Promise.all([slow?.close(), fine?.close()]);
});
beforeEach(async () => {
  // Nothing is told by itself here, but when it is asked for.
  jest.spyOn(Pulse.prototype, 'isOnDuty', 'get').mockReturnValue(false);
  await triage.query('delete from webhook_notice');
  await triage.query('delete from webhook');
  [owed, ended] = [[], new AbortController()];
  fine.reset();
  slow.reset();
  slow.answers = (response) => void owed.push(response);
});
afterEach(async () => {
  ended.abort();
  slow.answers = (response) => response.writeHead(204).end();
  answer();
  await notifier().atRest();
  jest.restoreAllMocks();
});

const notifier = (): Notifier => triage.app.get(Notifier);
const answer = (): void => owed.splice(0).forEach((response) => response.writeHead(204).end());
const setFor = (as: string, { url }: AReceiver) => triage.ask('PUT', '/webhook', { as, body: { url } });
const until = async (isSo: () => boolean): Promise<void> => {
  const { signal } = ended;
  while (!isSo()) await pause(5, undefined, { signal });
};

/** Programs that nobody signs in as, each with this many notices, of which the first of each is due the longer the later its name. */
async function programs(count: number, { url, notices }: { url: string; notices: number }): Promise<string[]> {
  const names = Array.from({ length: count }, (_, at) => `program-${String(at).padStart(2, '0')}`);
  const recordId = await triage.raised();
  const now = triage.app.get(Clock).now();
  await triage.app.get(Database).transaction('every', async (tx) => {
    for (const name of names) await triage.app.get(Webhooks).set(tx, { program: name, authority: null, now }, { url: `${url}/${name}`, secret: `whsec_${Buffer.alloc(32).toString('base64')}` });
    await tx.query(
      `insert into webhook_notice (id, program, record_id, authority, state, happened_at, asked_at, next_at)
       select gen_random_uuid(), name, $2, 'E06000062', 'received', $3, $3, $3::timestamptz - place * interval '1 minute' + number * interval '1 second'
       from unnest($1::text[]) with ordinality as named (name, place), generate_series(1, $4) as number`,
      [names, recordId, now, notices],
    );
  });
  return names;
}
const toldOf = ({ heard }: AReceiver): string[] => heard.map(({ path }) => path.split('/').at(-1)!);

describe('a program that answers late', () => {
  it('keeps no other waiting: they have all that is theirs before it has answered once, and what comes meanwhile', async () => {
    await setFor(program, slow);
    await setFor(other, fine);
    for (const as of [program, program, other, other, other]) await triage.raised({}, as);
    await notifier().go();
    await until(() => slow.heard.length === 1 && fine.heard.length === 3);
    await triage.raised({}, other);
    await until(() => (void notifier().go(), fine.heard.length === 4));
    expect([slow.heard.length, owed.length]).toEqual([1, 1]);
    slow.answers = (response) => response.writeHead(204).end();
    answer();
    await notifier().atRest();
    expect([slow.heard.length, fine.heard.length, await triage.query('select from webhook_notice')]).toEqual([2, 4, []]);
  });

  it('and takes nothing keeps no other waiting either, and is left alone for this time', async () => {
    slow.answers = (response) => response.writeHead(500).end();
    await setFor(program, slow);
    await setFor(other, fine);
    for (const as of [program, program, other, other, other]) await triage.raised({}, as);
    await notifier().go();
    await notifier().atRest();
    expect([slow.heard.length, fine.heard.length]).toEqual([1, 3]);
  });

  it('has a place of sixteen for one notice at a time: those first that have waited for longest, and each once before one comes again', async () => {
    const longestFirst = (await programs(20, { url: slow.url, notices: 2 })).toReversed();
    await notifier().go();
    await until(() => owed.length === 16);
    expect(toldOf(slow).toSorted()).toEqual(longestFirst.slice(0, 16).toSorted());
    for (const place of [17, 18, 19, 20]) {
      owed.shift()!.writeHead(204).end();
      await until(() => slow.heard.length === place);
    }
    expect(toldOf(slow).slice(16)).toEqual(longestFirst.slice(16));
    slow.answers = (response) => response.writeHead(204).end();
    answer();
    await notifier().atRest();
    expect(toldOf(slow).slice(20).toSorted()).toEqual(longestFirst.toSorted());
  });
});

describe('what is due', () => {
  it('is claimed once, by whichever process asks first', async () => {
    const [name] = (await programs(1, { url: fine.url, notices: 3 })) as [string];
    const [database, notices, now] = [triage.app.get(Database), triage.app.get(Notices), triage.app.get(Clock).now()];
    const claimed = await database.transaction('every', async (tx) => {
      const first = await notices.claim(tx, name, now);
      // Others do not wait for who has not committed yet.
      const rest = await Promise.all(Array.from({ length: 5 }, () => database.transaction('every', (another) => notices.claim(another, name, now))));
      return [first, ...rest].filter((one) => one !== undefined);
    });
    expect([claimed.length, new Set(claimed.map(({ id }) => id)).size, claimed.every(({ tries }) => tries === 1)]).toEqual([3, 3, true]);
  });

  it('and was claimed anew is not put off by whoever had it before', async () => {
    const [name] = (await programs(1, { url: fine.url, notices: 1 })) as [string];
    const [database, notices, now] = [triage.app.get(Database), triage.app.get(Notices), triage.app.get(Clock).now()];
    const claim = () => database.transaction('every', (tx) => notices.claim(tx, name, now));
    const before = (await claim()) as Notice;
    await triage.query(`update webhook_notice set next_at = $1`, [now]);
    await claim();
    await database.transaction('every', (tx) => notices.later(tx, before, { now, trouble: 'refused', answered: 500 }));
    expect(await triage.query('select tries, trouble from webhook_notice')).toEqual([{ tries: 2, trouble: null }]);
  });
});
