import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closeAnew, Pulse, Vault } from '#libs/journal';
import { MaintainSource } from '#libs/platform';
import { waits } from '../src/concern/adapters/persistence/notices.js';
import { webhookTargets } from '../src/concern/adapters/persistence/webhooks.js';
import { Caller } from '../src/concern/adapters/webhook/caller.js';
import { NoticeBounds } from '../src/concern/adapters/webhook/notice-bounds.js';
import { Notifier } from '../src/concern/adapters/webhook/notifier.js';
import { NoticeLimits } from '../src/concern/adapters/webhook/webhook-settings.js';
import { AReceiver } from './a-receiver.js';
import { type Answer, ATriage, noFurtherAction } from './a-triage.js';

const [program, other] = ['partner-police', 'partner-hospital'];

let triage: ATriage;
let receiver: AReceiver;
let secret: string;
beforeAll(async () => {
  [triage, receiver] = await Promise.all([ATriage.make(), AReceiver.start()]);
}, 60_000);
afterAll(async () => {
  await triage?.close();
  await receiver?.close();
});
beforeEach(async () => {
  // Nothing is told by itself here, but when it is asked for.
  jest.spyOn(Pulse.prototype, 'isOnDuty', 'get').mockReturnValue(false);
  for (const as of [program, other]) await triage.ask('DELETE', '/webhook', { as });
  receiver.reset();
  secret = (await set()).body['secret'] as string;
});
afterEach(() => {
  jest.restoreAllMocks();
});

const set = (url = receiver.url, as = program): Promise<Answer> => triage.ask('PUT', '/webhook', { as, body: { url } });
const hook = async (as = program) => (await triage.ask('GET', '/webhook', { as })).body;
const listed = async (as = 'staff-administrator-1') => (await triage.ask('GET', '/webhooks', { as })).body as { items: { program: string }[]; setAside: { id: string }[] };
/** Tells what is due, until nobody is being told any more. */
const go = async (): Promise<void> => {
  await triage.app.get(Notifier).go();
  await triage.app.get(Notifier).atRest();
};
const raised = (more: object = {}, as = program): Promise<string> => triage.raised(more, as);
/** What is done once a minute. */
const keepWithin = (): Promise<void> => triage.app.get(NoticeBounds).go();
interface Waiting {
  id: string;
  tries: number;
  trouble: string | null;
  answered: number | null;
  next_at: string | null;
}
const waiting = (recordId: string): Promise<Waiting[]> => triage.query('select id, tries, trouble, answered, next_at from webhook_notice where record_id = $1 order by asked_at', [recordId]);
const dueNow = (recordId: string, more = ''): Promise<unknown> => triage.query(`update webhook_notice set next_at = now() - interval '1 second' ${more} where record_id = $1`, [recordId]);
const data = (told: unknown[]) => told.map((one) => (one as { data: { state: string } }).data.state);

describe('a program that wants to be told', () => {
  it('is given a secret once, and what is kept shows neither that nor the whole address', async () => {
    const first = await set(`${receiver.url}?token=planted`);
    expect([first.status, first.body]).toEqual([200, { url: `${receiver.url}?token=planted`, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), setAt: expect.any(String) }]);
    expect(await hook()).toEqual({ url: `${receiver.url}?token=planted`, setAt: first.body['setAt'], goneAt: null, goneWhy: null, waiting: 0, setAside: 0 });
    expect((await set()).body['secret']).not.toBe(first.body['secret']);
    const [kept] = await triage.query<{ all: string }>(`select string_agg(webhook::text || encode(target, 'escape'), ' ') as all from webhook`);
    expect(kept!.all).not.toMatch(/planted|whsec|heard/);
    expect(await hook(other)).toEqual({ url: null, setAt: null, goneAt: null, goneWhy: null, waiting: 0, setAside: 0 });
  });

  it.each(['https://127.0.0.2:8443/', 'https://10.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/latest/', 'https://name:secret@example.test/'])('is refused where that is no safe target: %s', async (url) => {
    const answer = await set(url);
    expect([answer.status, answer.body['code'], (await hook())['url']]).toEqual([409, 'webhook/unsafe-target', receiver.url]);
  });
  it.each(['ftp://example.test/', 'no address', '', `https://example.test/${'x'.repeat(2_000)}`])('has to name an address: %.30s', async (url) => expect((await set(url)).status).toBe(400));

  it('hears each change of the concerns that it raised, in codes, signed so that the library knows it', async () => {
    const id = await raised({ worry: 'Planted words.', person: { familyName: 'Plantedname' } });
    await triage.act(id, 'assign', { to: 'staff-triage-1' });
    await triage.act(id, 'assign', { to: 'staff-triage-2' });
    await triage.act(id, 'ask', { what: ['consent'], message: 'Planted question.' });
    await triage.act(id, 'triage', noFurtherAction);
    await triage.act(id, 'feedback', { told: true, message: 'Planted answer.' });
    await go();
    const { body } = await triage.ask('GET', `/concerns/${id}`, { as: program });
    const reference = body['reference'];
    const told = receiver.read(secret) as { type: string; timestamp: string; data: object }[];
    expect(told).toEqual(
      ['received', 'being_looked_at', 'more_wanted', 'decided', 'told'].map((state) => ({ type: `concern.${state}`, timestamp: expect.stringMatching(/^2\d{3}-.*Z$/), data: { id, reference, state } })),
    );
    expect([told[3]!.timestamp, body['stage']]).toEqual([body['decidedAt'], 'decided']);
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
    expect(receiver.heard.map((one) => JSON.stringify(one)).join()).not.toMatch(/[Pp]lanted|staff-/);
    expect(await waiting(id)).toEqual([]);
    expect(() => receiver.read(`whsec_${Buffer.alloc(32).toString('base64')}`)).toThrow('No matching signature found');
  });

  it('hears nothing of what others raised, and nothing is written down for whoever wants to hear nothing', async () => {
    const [id, theirs, own] = [await raised({}, 'staff-partner-1'), await raised({}, other), await raised()];
    for (const one of [id, theirs]) expect(await waiting(one)).toEqual([]);
    expect(await waiting(own)).toHaveLength(1);
    await triage.ask('DELETE', '/webhook', { as: program });
    expect(await waiting(own)).toEqual([]);
    await triage.act(own, 'triage', noFurtherAction);
    expect(await waiting(own)).toEqual([]);
  });

  it('hears of a concern with another council too, and that council sees it', async () => {
    const id = await raised({ authority: 'E06000061' });
    expect((await listed('staff-administrator-north-1')).items).toMatchObject([{ program, origin: null, waiting: 1, setAside: 0 }]);
    await go();
    expect(data(receiver.read(secret))).toEqual(['received']);
    expect(await waiting(id)).toEqual([]);
  });

  it('hears nothing where whoever raised it may be causing the harm, also where that comes out before it was told', async () => {
    const provider = { referrer: { type: 'care_home' }, abuseTypes: ['physical'] };
    const known = await raised({ ...provider, sourceOfRisk: 'service_provider' });
    await triage.act(known, 'triage', noFurtherAction);
    expect(await waiting(known)).toEqual([]);
    const later = await raised(provider);
    expect(await waiting(later)).toHaveLength(1);
    await triage.act(later, 'correct', { field: 'sourceOfRisk', value: 'service_provider', reason: 'It was their own staff.' });
    await go();
    expect([receiver.heard, await waiting(later)]).toEqual([[], []]);
  });

  it('hears nothing of what was refused, or undone with its transaction', async () => {
    const id = await raised();
    await go();
    expect((await triage.act(id, 'triage', { ...noFurtherAction, reason: ' ' })).status).toBe(409);
    await triage.asOwner(`alter table triage.concern add constraint planted check (id <> '${id}' or status <> 'triaged')`);
    expect((await triage.act(id, 'triage', noFurtherAction)).status).toBe(500);
    await triage.asOwner('alter table triage.concern drop constraint planted');
    expect(await waiting(id)).toEqual([]);
  });
});

describe('a program that does not take what it is told', () => {
  it('is told again later under the same id, and hears it once it does', async () => {
    receiver.answers = (response) => response.writeHead(503).end();
    const id = await raised();
    await go();
    expect(await waiting(id)).toMatchObject([{ tries: 1, trouble: 'refused', answered: 503, next_at: expect.any(String) }]);
    await go();
    expect(receiver.heard).toHaveLength(1);
    receiver.answers = (response) => response.writeHead(200).end('an answer that nobody reads');
    await dueNow(id);
    await go();
    const [first, second] = receiver.heard;
    expect([second!.headers['webhook-id'], second!.body]).toEqual([first!.headers['webhook-id'], first!.body]);
    expect([data(receiver.read(secret)), await waiting(id)]).toEqual([['received', 'received'], []]);
  });

  it('is given up after about a day, which is shown, and heard of no more then', async () => {
    expect(waits.reduce((all, one) => all + one) / 3_600).toBeCloseTo(24.4, 1);
    expect(waits.every((one, at) => at === 0 || one > waits[at - 1]!)).toBe(true);
    receiver.answers = (response) => response.writeHead(500).end();
    const id = await raised();
    await go();
    await dueNow(id, `, tries = ${waits.length}`);
    await go();
    const [last] = await waiting(id);
    expect(last).toMatchObject({ tries: waits.length + 1, next_at: null, trouble: 'refused' });
    expect(await hook()).toMatchObject({ waiting: 0, setAside: 1 });
    const west = await listed();
    expect(west.items).toMatchObject([{ program, origin: new URL(receiver.url).origin, goneAt: null, waiting: 0, setAside: 1, oldestWaiting: null }]);
    expect(west.setAside).toEqual([{ id: last!.id, program, state: 'received', happenedAt: expect.any(String), tries: waits.length + 1, trouble: 'refused', answered: 500 }]);
    expect(await listed('staff-administrator-north-1')).toEqual({ items: [], setAside: [] });
    expect((await triage.ask('GET', '/webhooks')).status).toBe(403);
    receiver.reset();
    await go();
    expect(receiver.heard).toEqual([]);
  });

  it('is not followed where it leads', async () => {
    const elsewhere = await AReceiver.start();
    receiver.answers = (response) => response.writeHead(307, { location: elsewhere.url }).end();
    const id = await raised();
    await go();
    expect([await waiting(id), elsewhere.heard]).toMatchObject([[{ trouble: 'redirected', answered: 307 }], []]);
    await elsewhere.close();
  });

  it('is not connected to where its name stands for an address within', async () => {
    const resolve = (_host: string, _options: object, done: (error: null, addresses: object[]) => void): void => done(null, [{ address: '10.0.0.1', family: 4 }]);
    const caller = triage.app.get(Caller) as unknown as { resolve: unknown };
    const before = caller.resolve;
    caller.resolve = resolve;
    await set('https://hooks.example.test/heard');
    const id = await raised();
    await go();
    caller.resolve = before;
    expect(await waiting(id)).toMatchObject([{ trouble: 'unsafe', answered: null, tries: 1 }]);
  });

  it('and answers that it is there no more is told nothing, until it says again where it is', async () => {
    receiver.answers = (response) => response.writeHead(410).end();
    const [id, second] = [await raised(), await raised()];
    await go();
    expect(receiver.heard).toHaveLength(1);
    expect(await hook()).toMatchObject({ goneAt: expect.any(String), goneWhy: 'gone' });
    for (const one of [id, second]) expect(await waiting(one)).toMatchObject([{ next_at: null, trouble: 'gone', answered: 410 }]);
    await triage.act(id, 'triage', noFurtherAction);
    expect(await waiting(id)).toHaveLength(1);
    receiver.reset();
    secret = (await set()).body['secret'] as string;
    await triage.act(second, 'triage', noFurtherAction);
    await go();
    expect([data(receiver.read(secret)), (await hook())['goneAt']]).toEqual([['decided'], null]);
  });

  it('is told no more where an administrator of its council ends that, and by nobody else', async () => {
    const id = await raised();
    const end = async (as: string) => (await triage.ask('DELETE', `/webhooks/${program}`, { as })).status;
    expect([await end('staff-data-1'), await end('staff-administrator-north-1'), await end('staff-administrator-1'), await end('staff-administrator-1')]).toEqual([403, 404, 200, 404]);
    await go();
    expect([receiver.heard, await waiting(id), (await hook())['url']]).toEqual([[], [], null]);
  });
});

describe('for auditors, who had a program told where', () => {
  interface Row {
    who: string;
    what: string;
    why: string;
    records: string[];
  }
  const rows = async (as = 'staff-auditor-1'): Promise<Row[]> => {
    const { body } = await triage.ask('GET', '/readings?limit=500', { as });
    return (body['items'] as Row[]).filter(({ what }) => what.startsWith('webhook')).toReversed();
  };

  it('is a row each time, with the origin and nothing else of the address; also who ended it', async () => {
    const before = (await rows()).length;
    const { origin } = new URL(receiver.url);
    await set(`${receiver.url}?token=planted`);
    await triage.ask('DELETE', '/webhook', { as: program });
    await triage.ask('DELETE', '/webhook', { as: program });
    await set();
    await triage.ask('DELETE', `/webhooks/${program}`, { as: 'staff-data-1' });
    await triage.ask('DELETE', `/webhooks/${program}`, { as: 'staff-administrator-1' });
    await triage.ask('DELETE', `/webhooks/${program}`, { as: 'staff-administrator-1' });
    const why = `${program}: ${origin}`;
    expect((await rows()).slice(before)).toMatchObject([
      { who: program, what: 'webhook set', why, records: [] },
      { who: program, what: 'webhook ended', why },
      { who: program, what: 'webhook set', why },
      { who: 'staff-administrator-1', what: 'webhook ended', why },
    ]);
    expect(await rows('staff-auditor-north-1')).toEqual([]);
  });

  it('is none where nothing came of it, and it stays unchanged where no row can be kept', async () => {
    const before = (await rows()).length;
    await set('https://10.0.0.1/');
    expect(await rows()).toHaveLength(before);
    await triage.asOwner(`alter table triage.read_audit add constraint planted check (what not like 'webhook%') not valid`);
    expect([(await set(`${receiver.url}/other`)).status, (await triage.ask('DELETE', '/webhook', { as: program })).status]).toEqual([500, 500]);
    await triage.asOwner('alter table triage.read_audit drop constraint planted');
    expect((await hook())['url']).toBe(receiver.url);
  });
});

describe('what waits to be told', () => {
  it('is forgotten a month after it was set aside', async () => {
    const id = await raised();
    await triage.query(`update webhook_notice set next_at = null, asked_at = now() - interval '31 days' where record_id = $1`, [id]);
    await keepWithin();
    expect(await waiting(id)).toEqual([]);
  });

  it('has an end: a program for which more waits than is kept is told no more until it says again where, which is shown', async () => {
    jest.replaceProperty(triage.app.get(NoticeLimits) as { mostWaiting: number }, 'mostWaiting', 2);
    const ids = [await raised(), await raised()];
    await keepWithin();
    expect(await hook()).toMatchObject({ goneAt: null, waiting: 2, setAside: 0 });
    ids.push(await raised());
    await keepWithin();
    expect(await hook()).toMatchObject({ url: receiver.url, goneAt: expect.any(String), goneWhy: 'too_many', waiting: 0, setAside: 2 });
    const { items, setAside } = (await listed()) as { items: object[]; setAside: object[] };
    expect([items, setAside]).toMatchObject([[{ program, goneWhy: 'too_many' }], [{ trouble: 'too_many', answered: null }, { trouble: 'too_many' }]]);
    // Of what was set aside the latest is kept, as much as may wait.
    expect((await Promise.all(ids.map(waiting))).map(({ length }) => length)).toEqual([0, 1, 1]);
    await triage.act(ids[2]!, 'triage', noFurtherAction);
    await go();
    expect([receiver.heard, await hook()]).toMatchObject([[], { waiting: 0, setAside: 2 }]);
    secret = (await set()).body['secret'] as string;
    await raised();
    await go();
    expect([data(receiver.read(secret)), await hook()]).toMatchObject([['received'], { goneAt: null, goneWhy: null, setAside: 2 }]);
  });

  it('lies under the keys of the service, which can be changed', async () => {
    const maintain = triage.app.get(MaintainSource);
    const found = await webhookTargets.after(maintain, undefined, 10);
    expect(found.map(({ place }) => place)).toEqual([`webhook/target/${program}`]);
    const moved = await Array.fromAsync(closeAnew(maintain, triage.app.get(Vault), webhookTargets));
    expect(moved).toEqual([{ wrapped: 0, unreadable: 0 }]);
    await webhookTargets.replace(maintain, [{ row: found[0]!, sealed: Buffer.from(randomUUID()) }]);
    expect((await triage.query<{ target: Buffer }>('select target from webhook'))[0]!.target).not.toEqual(found[0]!.sealed);
  });
});
