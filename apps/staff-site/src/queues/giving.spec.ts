import { jest } from '@jest/globals';
import { AStaffSite, type Fields, visitorAs } from '../../test/a-staff-site.js';

const ids = ['0190c1d2-0000-7000-8000-0000000000c1', '0190c1d2-0000-7000-8000-0000000000c2', '0190c1d2-0000-7000-8000-0000000000c3'] as const;
const item = (id: string, index: number) => ({ id, sequence: index + 2, reference: `SC-000${index}`, authority: 'E06000062', receivedAt: '2026-07-01T09:00:00.000000Z', immediateRisk: 'no', assignedTo: null, personId: null, waitingDays: 0 });
const tick = (index: number) => `${ids[index]}.${index + 2}.SC-000${index}`;
const colleagues = [{ actsAs: 'staff-triage-2', name: 'A Colleague', roles: [{ role: 'triage_officer' }], status: 'active' }, { actsAs: 'staff-worker-1', name: 'A Worker', roles: [{ role: 'enquiry_worker' }], status: 'active' }];
const from = '/queues/triage?has=nobody&page=2';
const to = '/queues/triage/give?authority=E06000062&page=2&has=nobody';

describe('several concerns of the queue', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let now = Date.parse('2026-07-01T15:00:00Z');
  let waiting: object[];
  let answer: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services, now: () => now });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    waiting = ids.map(item);
    answer = () => Response.json({ items: [{ id: ids[0], taken: true, sequence: 3 }] });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      if (new URL(String(input)).host === 'directory.test') return Response.json({ items: colleagues, next: null });
      if (init?.method === 'POST') return answer();
      return Response.json({ items: waiting, total: waiting.length, page: 1, pageSize: 50, asOf: '2026-07-01T15:00:00.000000Z' });
    });
  });
  const give = async (fields: Fields) => site.sendFrom(await site.get(from), to, fields);
  const sent = () => services.mock.calls.filter(([, init]) => init?.method === 'POST').map(([input, init]) => ({ to: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers as Record<string, string> }));

  it('that were given, and are sent again otherwise, are said to have been given', async () => {
    answer = () => Response.json({ status: 422, code: 'idempotency/key-reused' }, { status: 422 });
    const { statusCode, payload } = await give({ concern: tick(0), to: 'staff-triage-2' });
    expect([statusCode, payload.includes('You sent this form before, and that was recorded'), payload.includes('Nothing was given')]).toEqual([422, true, false]);
  });

  it('can be ticked, each by its own name, and given to whoever triages, to oneself or to nobody', async () => {
    const { payload } = await site.get(from);
    expect(payload).toContain(`action="${to.replaceAll('&', '&amp;')}"`);
    for (const text of ['Tick SC-0002', `value="${tick(1)}"`, 'A Colleague', '>You</option>', 'Nobody: back to the queue']) expect(payload).toContain(text);
    expect(payload).not.toContain('A Worker');
  });

  it('are given in one request, as they were seen, and the queue says so', async () => {
    answer = () => Response.json({ items: [{ id: ids[0], taken: true, sequence: 3 }, { id: ids[2], taken: true, sequence: 5 }] });
    const reply = await give({ concern: [tick(0), tick(2)], to: 'staff-triage-2' });
    expect(sent()).toMatchObject([{ to: '/concerns/assign', body: { to: 'staff-triage-2', concerns: [{ id: ids[0], seen: 2 }, { id: ids[2], seen: 4 }] }, headers: { 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) } }]);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, expect.stringMatching(/^\/queues\/triage\?authority=E06000062&page=2&has=nobody&given=/)]);
    expect((await site.get(String(reply.headers.location))).payload).toContain('A Colleague has 2 more concerns.');
  });

  it.each([
    ['staff-triage-1', 'staff-triage-1', 'You have 1 more concern.'],
    ['-', null, '1 concern is back in the queue: nobody has it.'],
  ])('may be for oneself and for nobody: %s', async (chosen, expected, words) => {
    const reply = await give({ concern: tick(0), to: chosen });
    expect(sent()).toMatchObject([{ body: { to: expected } }]);
    expect((await site.get(String(reply.headers.location))).payload).toContain(words);
  });

  it('that were refused are named with why, stay ticked, and stop none of the others', async () => {
    waiting = [item(ids[1], 1), item(ids[2], 2)];
    const refused = { taken: false, detail: 'no', sequence: 5 };
    answer = () => Response.json({ items: [
      { id: ids[0], ...refused, status: 409, detail: 'This concern has already been decided.' },
      { id: ids[1], ...refused, status: 412, changes: [{ type: 'MoreAnswered', at: '2026-07-01T11:00:00.000000Z', actor: 'staff-triage-2' }] },
      { id: ids[2], taken: true, sequence: 5 },
    ] });
    const { statusCode, payload } = await give({ concern: [tick(0), tick(1), tick(2)], to: 'staff-triage-2' });
    expect(statusCode).toBe(409);
    for (const text of [
      'A Colleague has 1 more concern.', 'Not everything was given', 'SC-0000 was not given: This concern has already been decided.', 'href="#concerns"',
      'SC-0001 was not given: somebody changed it meanwhile (1 July 2026, 12:00pm, A Colleague: More came)', `href="#tick-${ids[1]}"`,
    ]) expect(payload).toContain(text);
    expect([...payload.matchAll(/value="([^"]+)" checked/g)].map(([, value]) => value)).toEqual([tick(1)]);
    expect(payload).toContain('value="staff-triage-2" selected');
  });

  it.each<[Fields, string]>([
    [{ to: 'staff-triage-2' }, '#concerns'],
    [{ concern: 'nonsense', to: 'staff-triage-2' }, '#concerns'],
    [{ concern: tick(1), to: '' }, '#to'],
  ])('are not given where something is missing, and what is ticked stays: %j', async (fields, href) => {
    const { statusCode, payload } = await give(fields);
    expect([statusCode, payload.includes(`href="${href}"`), sent()]).toEqual([400, true, []]);
    expect(payload.includes('" checked')).toBe(fields['concern'] === tick(1));
  });

  it('are told of for a minute, and to nobody by an address that was kept', async () => {
    const { location } = (await give({ concern: tick(0), to: 'staff-triage-2' })).headers;
    expect((await site.get(String(location))).payload).toContain('more concern');
    now += 61_000;
    expect((await site.get(String(location))).payload).not.toContain('more concern');
  });

  it('are told of as given by this site alone', async () => {
    for (const given of ['3 staff-triage-2', '3 staff-triage-2.forged', '']) {
      expect((await site.get(`/queues/triage?given=${encodeURIComponent(given)}`)).payload).not.toContain('more concern');
    }
  });

  it('stay ticked while triage is away, under the same key, and are given when they are sent again', async () => {
    answer = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await give({ concern: [tick(0), tick(2)], to: 'staff-triage-2' });
    expect(statusCode).toBe(503);
    const key = sent()[0]!.headers['idempotency-key'];
    for (const text of [`name="concern" value="${tick(0)}"`, `name="concern" value="${tick(2)}"`, 'name="to" value="staff-triage-2"', `name="key" value="${key}"`, `action="${to.replaceAll('&', '&amp;')}"`]) expect(payload).toContain(text);
  });

  it('need no queue where all are given: its page comes next', async () => {
    const page = await site.get(from);
    services.mockClear();
    await site.sendFrom(page, to, { concern: tick(0), to: 'staff-triage-2' });
    expect(services.mock.calls.map(([input]) => new URL(String(input)).pathname)).toEqual(['/concerns/assign']);
  });

  it('are not given from another site', async () => {
    expect((await site.forge(to)).statusCode).toBe(403);
  });
});
