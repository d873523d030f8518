import { jest } from '@jest/globals';
import { waits } from '../src/concern/adapters/persistence/notices.js';
import { Caller } from '../src/concern/adapters/webhook/caller.js';
import { AListener, program, statesOf } from './a-listener.js';
import { AReceiver } from './a-receiver.js';
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

describe('a program that does not take what it is told', () => {
  it('is told again later under the same id, and hears it once it does', async () => {
    receiver.answers = (response) => response.writeHead(503).end();
    const id = await listener.raised();
    await listener.go();
    expect(await listener.waiting(id)).toMatchObject([{ tries: 1, trouble: 'refused', answered: 503, next_at: expect.any(String) }]);
    await listener.go();
    expect(receiver.heard).toHaveLength(1);
    receiver.answers = (response) => response.writeHead(200).end('an answer that nobody reads');
    await listener.dueNow(id);
    await listener.go();
    const [first, second] = receiver.heard;
    expect([second!.headers['webhook-id'], second!.body]).toEqual([first!.headers['webhook-id'], first!.body]);
    expect([statesOf(listener.read()), await listener.waiting(id)]).toEqual([['received', 'received'], []]);
  });

  it('is given up after about a day, which is shown, and heard of no more then', async () => {
    expect(waits.reduce((all, one) => all + one) / 3_600).toBeCloseTo(24.4, 1);
    expect(waits.every((one, at) => at === 0 || one > waits[at - 1]!)).toBe(true);
    receiver.answers = (response) => response.writeHead(500).end();
    const id = await listener.raised();
    await listener.go();
    await listener.dueNow(id, `, tries = ${waits.length}`);
    await listener.go();
    const [last] = await listener.waiting(id);
    expect(last).toMatchObject({ tries: waits.length + 1, next_at: null, trouble: 'refused' });
    expect(await listener.hook()).toMatchObject({ waiting: 0, setAside: 1 });
    const west = await listener.listed();
    expect(west.items).toMatchObject([{ program, origin: new URL(receiver.url).origin, goneAt: null, waiting: 0, setAside: 1, oldestWaiting: null }]);
    expect(west.setAside).toEqual([{ id: last!.id, program, state: 'received', happenedAt: expect.any(String), tries: waits.length + 1, trouble: 'refused', answered: 500 }]);
    expect(await listener.listed('staff-administrator-north-1')).toEqual({ items: [], setAside: [] });
    expect((await triage.ask('GET', '/webhooks')).status).toBe(403);
    receiver.reset();
    await listener.go();
    expect(receiver.heard).toEqual([]);
  });

  it('is not followed where it leads', async () => {
    const elsewhere = await AReceiver.start();
    receiver.answers = (response) => response.writeHead(307, { location: elsewhere.url }).end();
    const id = await listener.raised();
    await listener.go();
    expect([await listener.waiting(id), elsewhere.heard]).toMatchObject([[{ trouble: 'redirected', answered: 307 }], []]);
    await elsewhere.close();
  });

  it('is not connected to where its name stands for an address within', async () => {
    const resolve = (_host: string, _options: object, done: (error: null, addresses: object[]) => void): void => done(null, [{ address: '10.0.0.1', family: 4 }]);
    const caller = triage.app.get(Caller) as unknown as { resolve: unknown };
    const before = caller.resolve;
    caller.resolve = resolve;
    await listener.set('https://hooks.example.test/heard');
    const id = await listener.raised();
    await listener.go();
    caller.resolve = before;
    expect(await listener.waiting(id)).toMatchObject([{ trouble: 'unsafe', answered: null, tries: 1 }]);
  });

  it('and answers that it is there no more is told nothing, until it says again where it is', async () => {
    receiver.answers = (response) => response.writeHead(410).end();
    const [id, second] = [await listener.raised(), await listener.raised()];
    await listener.go();
    expect(receiver.heard).toHaveLength(1);
    expect(await listener.hook()).toMatchObject({ goneAt: expect.any(String), goneWhy: 'gone' });
    for (const one of [id, second]) expect(await listener.waiting(one)).toMatchObject([{ next_at: null, trouble: 'gone', answered: 410 }]);
    await triage.act(id, 'triage', noFurtherAction);
    expect(await listener.waiting(id)).toHaveLength(1);
    receiver.reset();
    await listener.begins();
    await triage.act(second, 'triage', noFurtherAction);
    await listener.go();
    expect([statesOf(listener.read()), (await listener.hook())['goneAt']]).toEqual([['decided'], null]);
  });

  it('is told no more where an administrator of its council ends that, and by nobody else', async () => {
    const id = await listener.raised();
    const end = async (as: string) => (await triage.ask('DELETE', `/webhooks/${program}`, { as })).status;
    expect([await end('staff-data-1'), await end('staff-administrator-north-1'), await end('staff-administrator-1'), await end('staff-administrator-1')]).toEqual([403, 404, 200, 404]);
    await listener.go();
    expect([receiver.heard, await listener.waiting(id), (await listener.hook())['url']]).toEqual([[], [], null]);
  });
});
