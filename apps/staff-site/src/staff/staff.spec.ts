import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-7000-8000-0000000000f1';
const at = '2026-07-01T09:30:00.000000Z';
const active = { id, sequence: 4, actsAs: 'staff-worker-2', name: 'A Worker', status: 'active', roles: [{ role: 'enquiry_worker' }, { role: 'auditor' }], sessionsEndedAt: null, permitted: ['GiveRole', 'EndSessions', 'DisableStaffMember'] };
const disabled = { ...active, name: 'Left Long Ago', status: 'disabled', permitted: ['EnableStaffMember'] };
const administrator = { ...active, actsAs: 'staff-administrator-1', name: 'An Administrator', roles: [{ role: 'administrator' }] };

describe('who works here', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: object;
  let taken: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('administrator'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    held = active;
    taken = () => Response.json({ ...active, sequence: 5 });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { pathname } = new URL(String(input));
      if (pathname === '/staff') return Response.json({ items: [disabled, active, administrator, { ...active, name: 'Nobody', status: 'entered-in-error' }], next: null });
      return init?.method === 'POST' ? taken() : Response.json(held);
    });
  });
  const path = `/staff/${id}`;
  const posted = () => services.mock.calls.filter(([, init]) => init?.method === 'POST').map(([input, init]) => ({ path: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers }));

  it('is listed by name, with what they work as and who is disabled', async () => {
    const { payload } = await site.get('/staff');
    expect(payload).toMatch(new RegExp(`3 people are registered[^]*href="${path}">A Worker</a>[^]*Enquiry worker, auditor[^]*An Administrator[^]*Left Long Ago[^]*Disabled`));
    expect(payload).not.toContain('Nobody');
  });

  it('ASVS 5.0 V7.4.5: has their sessions ended from their page, with a reason, on the version that was seen, once for a form', async () => {
    expect((await site.get(path)).payload).toContain(`href="${path}/end-sessions"`);
    const unsaid = await site.send(`${path}/end-sessions`, {});
    expect([unsaid.statusCode, unsaid.payload.includes('href="#reason">Say why they have to sign in again'), posted()]).toEqual([400, true, []]);
    const reply = await site.send(`${path}/end-sessions`, { reason: 'a lost laptop' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${path}?done=end-sessions`]);
    expect(posted()).toMatchObject([{ path: `${path}/sessions/end`, body: { reason: 'a lost laptop' }, headers: { 'if-match': '"4"', 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) } }]);
    expect((await site.get(`${path}?done=end-sessions`)).payload).not.toContain('Their sessions are ended');
    held = { ...active, sessionsEndedAt: at };
    const told = (await site.get(`${path}?done=end-sessions`)).payload;
    expect([told.includes('Their sessions are ended'), told.includes('last ended 1 July 2026, 10:30am')]).toEqual([true, true]);
  });

  it('is disabled and enabled, each where it can be', async () => {
    expect((await site.send(`${path}/disable`, { reason: 'has left' })).headers.location).toBe(`${path}?done=disable`);
    held = disabled;
    const { payload } = await site.get(path);
    expect([payload.includes('/enable"'), payload.includes('/disable"'), payload.includes('/end-sessions"')]).toEqual([true, false, false]);
    expect((await site.get(`${path}/end-sessions`)).headers.location).toBe(path);
    expect((await site.send(`${path}/enable`, { reason: 'is back' })).headers.location).toBe(`${path}?done=enable`);
    expect(posted().map(({ path: to }) => to)).toEqual([`${path}/disable`, `${path}/enable`]);
  });

  it('says what the directory refuses, and what somebody else did meanwhile, and keeps what was typed', async () => {
    taken = () => Response.json({ status: 409, code: 'staff-member/last-administrator', detail: 'Nobody else administers this authority.' }, { status: 409 });
    const refused = await site.send(`${path}/disable`, { reason: 'has <left>' });
    expect([refused.statusCode, refused.payload.includes('Nobody else administers this authority.'), refused.payload.includes('has &lt;left&gt;')]).toEqual([409, true, true]);
    taken = () => Response.json({ status: 412, sequence: 5, changes: [{ type: 'SessionsEnded', at, actor: 'staff-administrator-1' }] }, { status: 412 });
    const slower = await site.send(`${path}/end-sessions`, { reason: 'a lost laptop' });
    for (const text of ['Somebody else changed this record', 'An Administrator: their sessions were ended', 'name="seen" value="5"']) expect(slower.payload).toContain(text);
    taken = () => Response.json({}, { status: 503 });
    expect((await site.send(`${path}/end-sessions`, { reason: 'a lost laptop' })).statusCode).toBe(503);
  });

  it('is not for anybody to decide on themselves, who see where they are signed in', async () => {
    held = { ...active, actsAs: visitorAs('administrator').id };
    const { payload } = await site.get(path);
    expect([payload.includes('/end-sessions"'), payload.includes('href="/sessions"')]).toEqual([false, true]);
  });

  it('is nothing to somebody who does not keep it, nor where there is nobody', async () => {
    const other = await AStaffSite.start({ visitor: visitorAs('manager'), services });
    const pages = [await other.get('/staff'), await other.get(path), await other.get(`${path}/end-sessions`)];
    await other.close();
    expect(pages.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    expect([(await site.get('/staff/nobody')).statusCode, (await site.get(`${path}/delete`)).statusCode]).toEqual([404, 404]);
  });
});
