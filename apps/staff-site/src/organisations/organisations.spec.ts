import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-7000-8000-0000000000f1';
const since = '2026-07-01T09:30:00.000000Z';
const account = { tid: '5f6f1d43-8c0a-4f7e-a6d5-1c1f4a7be0d2', oid: '0190c1d2-0000-4000-8000-0000000000f2' };
const linked = [{ id: 'staff-partner-2', since, by: 'staff-administrator-1' }];
const open = { id, sequence: 2, name: 'Invented Care Homes', kind: 'care_home', status: 'open', permitted: ['AddPartner', 'RemovePartner'], linked };
const listed = [{ id, name: 'Invented Care Homes', kind: 'care_home', status: 'open' }, { id: since, name: 'A Charity (invented)', kind: 'voluntary_sector', status: 'open' }];
const staff = { items: [{ actsAs: 'staff-administrator-1', name: 'An Administrator', roles: [{ role: 'administrator' }], status: 'active' }], next: null };

describe('partner organisations', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let held: object;
  let taken: () => Response;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('administrator'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    held = open;
    taken = () => Response.json({ ...open, sequence: 3 });
    services.mockReset();
    services.mockImplementation(async (input, init) => {
      const { pathname } = new URL(String(input));
      if (pathname === '/staff') return Response.json(staff);
      if (pathname === '/organisations') return Response.json({ items: listed, next: null });
      return init?.method === 'POST' ? taken() : Response.json(held);
    });
  });
  const path = `/organisations/${id}`;
  const posted = () => services.mock.calls.filter(([, init]) => init?.method === 'POST').map(([input, init]) => ({ path: new URL(String(input)).pathname, body: JSON.parse(String(init!.body)) as unknown, headers: init!.headers }));

  it('are listed by what they are called', async () => {
    const { payload } = await site.get('/organisations');
    expect(payload).toMatch(new RegExp(`2 organisations are registered[^]*A Charity \\(invented\\)[^]*href="${path}">Invented Care Homes</a>[^]*Care homes`));
  });

  it('show who signs in for them, since when, and who said so', async () => {
    const { payload } = await site.get(path);
    for (const text of ['staff-partner-2', '1 July 2026, 10:30am, An Administrator', `href="${path}/link"`, `href="${path}/take-off"`]) expect(payload).toContain(text);
    held = { ...open, linked: [], permitted: ['AddPartner'] };
    const none = (await site.get(`${path}?done=link`)).payload;
    expect([none.includes('No account is linked'), none.includes('/take-off'), none.includes('The account is linked')]).toEqual([true, false, false]);
  });

  it('get an account linked, on the version that was seen, once for a form', async () => {
    const reply = await site.send(`${path}/link`, account);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `${path}?done=link`]);
    expect(posted()).toMatchObject([{ path: `${path}/partners`, body: { account }, headers: { 'if-match': '"2"', 'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) } }]);
    expect((await site.get(`${path}?done=link`)).payload).toContain('The account is linked: what it raises from now on');
  });

  it('get none by an email address, or by half an id, and keep what was typed', async () => {
    const { statusCode, payload } = await site.send(`${path}/link`, { tid: '', oid: 'somebody@example.com' });
    expect([statusCode, posted()]).toEqual([400, []]);
    for (const text of ['href="#tid">Type the id of the tenant', 'href="#oid">This is an email address', 'value="somebody@example.com"']) expect(payload).toContain(text);
  });

  it('let go of an account that is chosen', async () => {
    const unsaid = await site.send(`${path}/take-off`, {});
    expect([unsaid.statusCode, unsaid.payload.includes('href="#partner"'), posted()]).toEqual([400, true, []]);
    const reply = await site.send(`${path}/take-off`, { partner: 'staff-partner-2' });
    expect(reply.headers.location).toBe(`${path}?done=take-off`);
    expect(posted()).toMatchObject([{ path: `${path}/partners/remove`, body: { partner: 'staff-partner-2' }, headers: { 'if-match': '"2"' } }]);
  });

  it('say where an account signs in for another organisation', async () => {
    taken = () => Response.json({ status: 409, code: 'organisation/partner-of-another', detail: 'They sign in for another organisation. Take them off there first.' }, { status: 409 });
    const { statusCode, payload } = await site.send(`${path}/link`, account);
    expect([statusCode, payload.includes('href="#oid">They sign in for another organisation'), payload.includes(`value="${account.oid}"`)]).toEqual([409, true, true]);
  });

  it('tell the slower of two what happened', async () => {
    taken = () => Response.json({ status: 412, sequence: 3, changes: [{ type: 'PartnerAdded', at: since, actor: 'staff-administrator-1' }] }, { status: 412 });
    const { statusCode, payload } = await site.send(`${path}/link`, account);
    expect(statusCode).toBe(412);
    for (const text of ['Somebody else changed this organisation', 'An Administrator: an account was linked', 'Look at the organisation as it is now (opens in a new tab)', 'name="seen" value="3"']) expect(payload).toContain(text);
  });

  it('keep what was typed where no answer came, and say of a form that was recorded that it was', async () => {
    taken = () => Response.json({}, { status: 503 });
    const lost = await site.send(`${path}/link`, account);
    expect([lost.statusCode, lost.payload.includes('it is recorded once'), lost.payload.includes(`value="${account.oid}"`)]).toEqual([503, true, true]);
    taken = () => Response.json({ status: 422, detail: 'this Idempotency-Key was used before', code: 'idempotency/key-reused' }, { status: 422 });
    const before = await site.sendFrom(lost, `${path}/link`, { ...account, tid: account.oid });
    expect([before.statusCode, before.payload.includes('You sent this form before, and that was recorded')]).toEqual([422, true]);
  });

  it('are nothing to somebody who may not keep them, nor where there is none', async () => {
    const other = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
    const [list, one] = [await other.get('/organisations'), await other.get(`${path}/link`)];
    await other.close();
    expect([list.statusCode, one.statusCode]).toEqual([403, 403]);
    expect([(await site.get('/organisations/nobody')).statusCode, (await site.get(`${path}/delete`)).statusCode]).toEqual([404, 404]);
  });
});
