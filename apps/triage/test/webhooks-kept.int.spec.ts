import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closeAnew, Vault } from '#libs/journal';
import { MaintainSource } from '#libs/platform';
import { webhookTargets } from '../src/concern/adapters/persistence/webhooks.js';
import { NoticeLimits } from '../src/concern/adapters/webhook/webhook-settings.js';
import { AListener, program, statesOf } from './a-listener.js';
import type { AReceiver } from './a-receiver.js';
import { type ATriage, noFurtherAction } from './a-triage.js';

let listener: AListener;
let triage: ATriage;
let receiver: AReceiver;
beforeAll(async () => {
  listener = await AListener.make();
  ({ triage, receiver } = listener);
}, 60_000);
afterAll(() => listener?.close());
beforeEach(() => listener.begin());
afterEach(() => {
  jest.restoreAllMocks();
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
    await listener.set(`${receiver.url}?token=planted`);
    await triage.ask('DELETE', '/webhook', { as: program });
    await triage.ask('DELETE', '/webhook', { as: program });
    await listener.set();
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
    await listener.set('https://10.0.0.1/');
    expect(await rows()).toHaveLength(before);
    await triage.asOwner(`alter table triage.read_audit add constraint planted check (what not like 'webhook%') not valid`);
    expect([(await listener.set(`${receiver.url}/other`)).status, (await triage.ask('DELETE', '/webhook', { as: program })).status]).toEqual([500, 500]);
    await triage.asOwner('alter table triage.read_audit drop constraint planted');
    expect((await listener.hook())['url']).toBe(receiver.url);
  });
});

describe('what waits to be told', () => {
  it('is forgotten a month after it was set aside', async () => {
    const id = await listener.raised();
    await triage.query(`update webhook_notice set next_at = null, asked_at = now() - interval '31 days' where record_id = $1`, [id]);
    await listener.keepWithin();
    expect(await listener.waiting(id)).toEqual([]);
  });

  it('has an end: a program for which more waits than is kept is told no more until it says again where, which is shown', async () => {
    jest.replaceProperty(triage.app.get(NoticeLimits) as { mostWaiting: number }, 'mostWaiting', 2);
    const ids = [await listener.raised(), await listener.raised()];
    await listener.keepWithin();
    expect(await listener.hook()).toMatchObject({ goneAt: null, waiting: 2, setAside: 0 });
    ids.push(await listener.raised());
    await listener.keepWithin();
    expect(await listener.hook()).toMatchObject({ url: receiver.url, goneAt: expect.any(String), goneWhy: 'too_many', waiting: 0, setAside: 2 });
    const { items, setAside } = (await listener.listed()) as { items: object[]; setAside: object[] };
    expect([items, setAside]).toMatchObject([[{ program, goneWhy: 'too_many' }], [{ trouble: 'too_many', answered: null }, { trouble: 'too_many' }]]);
    // Of what was set aside the latest is kept, as much as may wait.
    expect((await Promise.all(ids.map(listener.waiting))).map(({ length }) => length)).toEqual([0, 1, 1]);
    await triage.act(ids[2]!, 'triage', noFurtherAction);
    await listener.go();
    expect([receiver.heard, await listener.hook()]).toMatchObject([[], { waiting: 0, setAside: 2 }]);
    await listener.begins();
    await listener.raised();
    await listener.go();
    expect([statesOf(listener.read()), await listener.hook()]).toMatchObject([['received'], { goneAt: null, goneWhy: null, setAside: 2 }]);
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
