import { jest } from '@jest/globals';
import { AListener, other, program, statesOf } from './a-listener.js';
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

describe('a program that wants to be told', () => {
  it('is given a secret once, and what is kept shows neither that nor the whole address', async () => {
    const first = await listener.set(`${receiver.url}?token=planted`);
    expect([first.status, first.body]).toEqual([200, { url: `${receiver.url}?token=planted`, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), setAt: expect.any(String) }]);
    expect(await listener.hook()).toEqual({ url: `${receiver.url}?token=planted`, setAt: first.body['setAt'], goneAt: null, goneWhy: null, waiting: 0, setAside: 0 });
    expect((await listener.set()).body['secret']).not.toBe(first.body['secret']);
    const [kept] = await triage.query<{ all: string }>(`select string_agg(webhook::text || encode(target, 'escape'), ' ') as all from webhook`);
    expect(kept!.all).not.toMatch(/planted|whsec|heard/);
    expect(await listener.hook(other)).toEqual({ url: null, setAt: null, goneAt: null, goneWhy: null, waiting: 0, setAside: 0 });
  });

  it.each(['https://127.0.0.2:8443/', 'https://10.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/latest/', 'https://name:secret@example.test/'])('is refused where that is no safe target: %s', async (url) => {
    const answer = await listener.set(url);
    expect([answer.status, answer.body['code'], (await listener.hook())['url']]).toEqual([409, 'webhook/unsafe-target', receiver.url]);
  });
  it.each(['ftp://example.test/', 'no address', '', `https://example.test/${'x'.repeat(2_000)}`])('has to name an address: %.30s', async (url) => expect((await listener.set(url)).status).toBe(400));

  it('hears each change of the concerns that it raised, in codes, signed so that the library knows it', async () => {
    const id = await listener.raised({ worry: 'Planted words.', person: { familyName: 'Plantedname' } });
    await triage.act(id, 'assign', { to: 'staff-triage-1' });
    await triage.act(id, 'assign', { to: 'staff-triage-2' });
    await triage.act(id, 'ask', { what: ['consent'], message: 'Planted question.' });
    await triage.act(id, 'triage', noFurtherAction);
    await triage.act(id, 'feedback', { told: true, message: 'Planted answer.' });
    await listener.go();
    const { body } = await triage.ask('GET', `/concerns/${id}`, { as: program });
    const reference = body['reference'];
    const told = listener.read() as { type: string; timestamp: string; data: object }[];
    expect(told).toEqual(
      ['received', 'being_looked_at', 'more_wanted', 'decided', 'told'].map((state) => ({ type: `concern.${state}`, timestamp: expect.stringMatching(/^2\d{3}-.*Z$/), data: { id, reference, state } })),
    );
    expect([told[3]!.timestamp, body['stage']]).toEqual([body['decidedAt'], 'decided']);
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
    expect(receiver.heard.map((one) => JSON.stringify(one)).join()).not.toMatch(/[Pp]lanted|staff-/);
    expect(await listener.waiting(id)).toEqual([]);
    expect(() => receiver.read(`whsec_${Buffer.alloc(32).toString('base64')}`)).toThrow('No matching signature found');
  });

  it('hears nothing of what others raised, and nothing is written down for whoever wants to hear nothing', async () => {
    const [id, theirs, own] = [await listener.raised({}, 'staff-partner-1'), await listener.raised({}, other), await listener.raised()];
    for (const one of [id, theirs]) expect(await listener.waiting(one)).toEqual([]);
    expect(await listener.waiting(own)).toHaveLength(1);
    const isTold = async (one: string) => (await triage.ask('GET', `/concerns/${one}/case`)).body['hears'];
    expect([await isTold(id), await isTold(own)]).toEqual([false, true]);
    await triage.ask('DELETE', '/webhook', { as: program });
    expect(await listener.waiting(own)).toEqual([]);
    await triage.act(own, 'triage', noFurtherAction);
    expect(await listener.waiting(own)).toEqual([]);
  });

  it('hears of a concern with another council too, and that council sees it', async () => {
    const id = await listener.raised({ authority: 'E06000061' });
    expect((await listener.listed('staff-administrator-north-1')).items).toMatchObject([{ program, origin: null, waiting: 1, setAside: 0 }]);
    await listener.go();
    expect(statesOf(listener.read())).toEqual(['received']);
    expect(await listener.waiting(id)).toEqual([]);
  });

  it('hears nothing where whoever raised it may be causing the harm, also where that comes out before it was told', async () => {
    const provider = { referrer: { type: 'care_home' }, abuseTypes: ['physical'] };
    const known = await listener.raised({ ...provider, sourceOfRisk: 'service_provider' });
    await triage.act(known, 'triage', noFurtherAction);
    expect(await listener.waiting(known)).toEqual([]);
    const later = await listener.raised(provider);
    expect(await listener.waiting(later)).toHaveLength(1);
    await triage.act(later, 'correct', { field: 'sourceOfRisk', value: 'service_provider', reason: 'It was their own staff.' });
    await listener.go();
    expect([receiver.heard, await listener.waiting(later)]).toEqual([[], []]);
  });

  it('hears nothing of what was refused, or undone with its transaction', async () => {
    const id = await listener.raised();
    await listener.go();
    expect((await triage.act(id, 'triage', { ...noFurtherAction, reason: ' ' })).status).toBe(409);
    await triage.asOwner(`alter table triage.concern add constraint planted check (id <> '${id}' or status <> 'triaged')`);
    expect((await triage.act(id, 'triage', noFurtherAction)).status).toBe(500);
    await triage.asOwner('alter table triage.concern drop constraint planted');
    expect(await listener.waiting(id)).toEqual([]);
  });
});
