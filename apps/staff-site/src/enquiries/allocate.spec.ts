import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-7000-8000-0000000000e1';
const concernId = '0190c1d2-0000-7000-8000-0000000000c1';
const personId = '0190c1d2-0000-7000-8000-0000000000d1';
const asOf = '2026-07-01T15:00:00.000000Z';
const enquiry = { id, sequence: 3, reference: 'EN-0123-ABCD', concernId, kind: 's42', permitted: ['AllocateEnquiry'] };
const colleagues = [
  { actsAs: 'staff-worker-1', name: 'A Worker', roles: [{ role: 'enquiry_worker' }], status: 'active' },
  { actsAs: 'staff-triage-2', name: 'A Colleague', roles: [{ role: 'triage_officer' }], status: 'active' },
];

describe('the enquiries that nobody has', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: object;
  let stranded: object | null;
  let taken: () => Response;
  let people: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('manager'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    held = enquiry;
    stranded = null;
    taken = () => Response.json({ id, sequence: 4 });
    people = () => Response.json({ items: [{ id: concernId, personId }] });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { host, pathname } = new URL(String(input));
      if (pathname === '/people/names') return Response.json({ names: [{ id: personId, givenName: 'Inventa', familyName: 'Person' }] });
      if (pathname === '/concerns/people') return people();
      if (pathname === '/teams') return Response.json({ items: [{ code: 'community_north', name: 'Community North' }] });
      if (host === 'directory.test') return Response.json({ items: colleagues, next: null });
      if (pathname === '/queue') return Response.json({ items: [{ ...enquiry, authority: 'E06000062', openedAt: asOf, waitingDays: 2, stranded }], total: 1, page: 1, pageSize: 50, asOf });
      return init?.method === 'POST' ? taken() : Response.json(held);
    });
  });
  const path = `/enquiries/${id}/allocate`;
  const posted = (to: string) => services.mock.calls.filter(([input, init]) => init?.method === 'POST' && String(input).endsWith(to)).map(([, init]) => ({ body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers }));

  it('are named in one reading a page, lead to their concern, and can be allocated', async () => {
    const { payload } = await site.get('/queues/enquiries');
    for (const text of ['Inventa Person', `href="/concerns/${concernId}"`, `href="${path}"`, 'Allocate<span class="govuk-visually-hidden"> EN-0123-ABCD']) expect(payload).toContain(text);
    expect(posted('/concerns/people')).toMatchObject([{ body: { ids: [concernId] } }]);
    expect(posted('/people/names')).toMatchObject([{ body: { ids: [personId], why: 'queue: Unallocated enquiries' } }]);
  });

  it('say in the list and where they are given that their concern is recorded as in danger, with a sign where that was told since and nobody has looked', async () => {
    const danger = async () => {
      const [list, form] = [(await site.get('/queues/enquiries')).payload, (await site.get(path)).payload];
      return [list.includes('Inventa Person; recorded as in danger'), form.includes('recorded as in danger by the concern'), list.includes('cw-clock--late'), list.includes('Danger told since, 1 July 2026, 1:00pm; nobody has looked yet'), form.includes('was decided, 1 July 2026, 1:00pm; nobody has looked yet')];
    };
    expect(await danger()).toEqual([false, false, false, false, false]);
    people = () => Response.json({ items: [{ id: concernId, personId, inDanger: true, dangerToldAt: null }] });
    expect(await danger()).toEqual([true, true, false, false, false]);
    people = () => Response.json({ items: [{ id: concernId, personId, inDanger: true, dangerToldAt: '2026-07-01T12:00:00.000000Z' }] });
    expect(await danger()).toEqual([false, false, true, true, true]);
  });

  it('are listed without names where triage or people is away', async () => {
    people = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await site.get('/queues/enquiries');
    expect([statusCode, payload.includes('EN-0123-ABCD'), payload.includes('Names cannot be had just now.')]).toEqual([200, true, true]);
  });

  it('are given to a worker in a team, on the version that was seen, once for a form', async () => {
    const { payload } = await site.get(path);
    for (const text of ['A Worker', 'Community North', 'EN-0123-ABCD, Inventa Person']) expect(payload).toContain(text);
    expect(payload).not.toContain('A Colleague');
    const reply = await site.send(path, { worker: 'staff-worker-1', team: 'community_north' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, expect.stringMatching(/^\/queues\/enquiries\?given=/)]);
    expect((await site.get(reply.headers.location!)).payload).toContain('The enquiry is given to A Worker.');
    for (const elsewhere of ['/queues/enquiries?given=nonsense', reply.headers.location!.replace('enquiries', 'triage')]) expect((await site.get(elsewhere)).payload).not.toContain('govuk-notification-banner');
    expect(posted('/allocate')).toMatchObject([{ body: { worker: 'staff-worker-1', team: 'community_north' }, headers: { 'if-match': '"3"', 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) } }]);
  });

  it.each([[{ team: 'community_north' }, '#worker'], [{ worker: 'staff-worker-1' }, '#team']])('are not given half: %j', async (fields, href) => {
    const { statusCode, payload } = await site.send(path, fields as Record<string, string>);
    expect([statusCode, payload.includes(`href="${href}"`), posted('/allocate')]).toEqual([400, true, []]);
  });

  it('tell the slower of two what happened, and keep what they chose', async () => {
    taken = () => Response.json({ status: 412, sequence: 4, changes: [{ type: 'EnquiryAllocated', at: asOf, actor: 'staff-manager-2' }] }, { status: 412 });
    const { statusCode, payload } = await site.send(path, { worker: 'staff-worker-1', team: 'community_north' });
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this enquiry', 'it was allocated', 'value="staff-worker-1" selected', 'name="seen" value="4"']) expect(payload).toContain(text);
  });

  it('come back where whoever has one cannot work on it, and go to somebody else with why', async () => {
    held = { ...enquiry, permitted: ['ReallocateEnquiry'] };
    stranded = { worker: 'staff-worker-1', why: 'not_named' };
    const { payload } = await site.get('/queues/enquiries');
    for (const text of ['Give to somebody else', 'A Worker has it and cannot open it: it was restricted since']) expect(payload).toContain(text);
    const unsaid = await site.send(path, { worker: 'staff-worker-1', team: 'community_north' });
    expect([unsaid.statusCode, unsaid.payload.includes('href="#reason"'), unsaid.payload.includes('Give this enquiry to somebody else')]).toEqual([400, true, true]);
    const reply = await site.send(path, { worker: 'staff-worker-1', team: 'community_north', reason: 'It was restricted.' });
    expect(reply.statusCode).toBe(303);
    expect(posted('/reallocate')).toMatchObject([{ body: { worker: 'staff-worker-1', team: 'community_north', reason: 'It was restricted.' } }]);
    stranded = { worker: null, why: 'not_named' };
    expect((await site.get('/queues/enquiries')).payload).toContain('Somebody whom nobody named has it and cannot open it');
    stranded = { worker: 'staff-worker-1', why: 'left' };
    expect((await site.get('/queues/enquiries')).payload).toContain('A Worker has it and has left');
  });

  it('tell the slower of two what happened before they ask for anything', async () => {
    const opened = await site.get(path);
    held = { ...enquiry, sequence: 4, permitted: ['ReallocateEnquiry'] };
    taken = () => Response.json({ status: 412, sequence: 4, changes: [{ type: 'EnquiryAllocated', at: asOf, actor: 'staff-manager-2' }] }, { status: 412 });
    const { statusCode, payload } = await site.sendFrom(opened, path, { worker: 'staff-worker-1', team: 'community_north' });
    expect(statusCode).toBe(412);
    expect(posted('/reallocate')).toEqual([]);
    for (const text of ['it was allocated', 'id="reason"', 'name="act" value="reallocate"']) expect(payload).toContain(text);
  });

  it('are given once however often a form is sent whose answer was lost, also where it was recorded', async () => {
    taken = () => {
      held = { ...enquiry, sequence: 4, permitted: ['ReallocateEnquiry'] };
      return Response.json({}, { status: 503 });
    };
    const lost = await site.send(path, { worker: 'staff-worker-1', team: 'community_north' });
    expect([lost.statusCode, lost.payload.includes('it is recorded once'), lost.payload.includes('href="/queues/enquiries" target="_blank"'), lost.payload.includes('look whether it is still there')]).toEqual([503, true, true, true]);
    taken = () => Response.json({ id, sequence: 4 });
    expect((await site.sendFrom(lost, path, { worker: 'staff-worker-1', team: 'community_north' })).statusCode).toBe(303);
    const [first, again] = posted('/allocate');
    expect([again, posted('/reallocate')]).toEqual([first, []]);
  });

  it('say of a form that was recorded and is sent again otherwise that it was', async () => {
    taken = () => Response.json({ status: 422, detail: 'this Idempotency-Key was used before', code: 'idempotency/key-reused' }, { status: 422 });
    held = { ...enquiry, sequence: 4, permitted: ['ReallocateEnquiry'] };
    const { statusCode, payload } = await site.send(path, { worker: 'staff-worker-1', team: 'community_north', reason: 'Other.', seen: '3' });
    expect(statusCode).toBe(422);
    for (const text of ['You sent this form before, and that was recorded', 'name="seen" value="4"', '>Other.</textarea>']) expect(payload).toContain(text);
  });

  it('keep what was chosen while section42 is away, and lead back from what somebody has', async () => {
    taken = () => Response.json({}, { status: 503 });
    expect((await site.send(path, { worker: 'staff-worker-1', team: 'community_north' })).payload).toContain('value="community_north" selected');
    held = { ...enquiry, permitted: [] };
    expect((await site.get(path)).headers.location).toBe('/queues/enquiries');
  });
});
