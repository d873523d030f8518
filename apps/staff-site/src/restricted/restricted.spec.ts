import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = randomUUID();
const since = '2026-07-01T09:00:00.000000Z';
const mine = { items: [{ id, reference: 'SC-0123-ABCD', status: 'awaiting-triage', since, isNew: true, glass: [{ by: 'staff-triage-2', at: since, until: since }] }], total: 1 };
const glass = { items: [{ by: 'staff-triage-2', at: since, until: since, id: null, reference: null }], total: 1 };
const staff = { items: [{ actsAs: 'staff-triage-2', name: 'Somebody invented', roles: [{ role: 'triage_officer' }], status: 'active' }], next: null };
const kept = { items: [{ id, reference: 'SC-0123-ABCD', keptFrom: 'staff-triage-2', why: 'source_of_risk', at: since }], total: 1 };
let broken: () => Response;
const services = jest.fn<typeof fetch>(async (input) => {
  const { pathname, hostname } = new URL(String(input));
  if (hostname.startsWith('dols') && pathname.startsWith('/requests/') && !pathname.endsWith('/break-glass'))
    return pathname.endsWith(id) ? Response.json({ reference: 'DL-0123-ABCD', status: 'prioritised', kind: 'new', band: 'high', receivedAt: since, restriction: { names: ['staff-triage-2'] } }) : Response.json({ title: 'Not found', code: 'not-found' }, { status: 404 });
  if (hostname.startsWith('dols')) return Response.json({ '/restricted': { items: [{ ...mine.items[0], reference: 'DL-0123-ABCD', glass: [] }], total: 1 }, '/glass': { items: [{ ...glass.items[0], at: '2026-07-02T09:00:00.000000Z' }], total: 1 }, '/kept-from': { items: [], total: 0 }, '/requests/break-glass': { id, reference: 'DL-0123-ABCD', until: since } }[pathname]);
  if (pathname === '/restricted') return Response.json(mine);
  if (pathname === '/glass') return Response.json(glass);
  if (pathname === '/kept-from') return Response.json(kept);
  return pathname === '/concerns/break-glass' ? broken() : Response.json(staff);
});

const sites: AStaffSite[] = [];
async function siteFor(role: string): Promise<AStaffSite> {
  const site = await AStaffSite.start({ visitor: visitorAs(role), services });
  sites.push(site);
  return site;
}
afterAll(() => Promise.all(sites.map((site) => site.close())));

describe('restricted concerns', () => {
  it('that somebody has not opened stand on their first page, and lead there', async () => {
    const { payload } = await (await siteFor('triage_officer')).get('/');
    expect(payload).toMatch(new RegExp(`Restricted to you, and not opened yet[^]*href="/concerns/${id}">SC-0123-ABCD</a>, since 1 July 2026`));
  });

  it('are listed for whoever is named, with who opened them without being named', async () => {
    const { payload } = await (await siteFor('enquiry_worker')).get('/restricted');
    for (const text of ['SC-0123-ABCD', 'Not opened yet', 'Opened without being named: Somebody invented on 1 July 2026', 'Sign in again and go on']) expect(payload).toContain(text);
    expect(payload).not.toContain('opened a restricted concern on');
  });

  it('are listed while they are open by a broken glass, with until when', async () => {
    const [item] = mine.items;
    Object.assign(item!, { isNew: false, until: '2026-07-01T10:00:00.000000Z' });
    const { payload } = await (await siteFor('triage_officer')).get('/restricted');
    Object.assign(item!, { isNew: true, until: null });
    for (const text of [`href="/concerns/${id}"`, 'Open to you until 1 July 2026, 11:00am, by a glass that you broke on 1 July 2026, 10:00am']) expect(payload).toContain(text);
    expect(payload).not.toContain('Restricted to you since');
  });

  it('that somebody opened without being named stand on the first page of managers and auditors for a week, and of nobody else', async () => {
    const home = async (role: string, now: string) => {
      const site = await AStaffSite.start({ visitor: visitorAs(role), services, now: () => Date.parse(now) });
      sites.push(site);
      return (await site.get('/')).payload;
    };
    for (const role of ['manager', 'auditor']) expect(await home(role, '2026-07-05T09:00:00Z')).toMatch(/in the last seven days[^]*Somebody invented opened a restricted concern on 1 July 2026/);
    expect(await home('manager', '2026-07-09T09:00:00Z')).not.toContain('in the last seven days');
    expect(await home('triage_officer', '2026-07-05T09:00:00Z')).not.toContain('in the last seven days');
  });

  it('lead managers and auditors to who opened one, and to none that is not open to them', async () => {
    for (const role of ['manager', 'auditor']) expect((await (await siteFor(role)).get('/restricted')).payload).toContain('Somebody invented opened a restricted concern on 1 July 2026');
    expect((await (await siteFor('auditor')).get('/restricted')).payload).not.toContain('SC-0123-ABCD');
    expect((await (await siteFor('board_member')).get('/restricted')).statusCode).toBe(403);
  });
});

describe('concerns that are kept from somebody', () => {
  it('are listed for managers, with from whom and why, and for nobody else', async () => {
    const { payload } = await (await siteFor('manager')).get('/restricted');
    expect(payload).toMatch(/SC-0123-ABCD<\/a> is kept from Somebody invented since 1 July 2026, 10:00am: They may be causing the harm/);
    expect((await (await siteFor('triage_officer')).get('/restricted')).payload).not.toContain('is kept from');
  });
});

describe('restricted DoLS requests', () => {
  it('are told to the DoLS team until they have opened them, each on a page of its own', async () => {
    const site = await siteFor('dols_administrator');
    expect((await site.get('/')).payload).toMatch(new RegExp(`Restricted to you, and not opened yet[^]*href="/restricted/requests/${id}">DL-0123-ABCD</a> \\(DoLS request\\)`));
    const opened = await site.get(`/restricted/requests/${id}`);
    expect(services).toHaveBeenCalledWith(expect.objectContaining({ pathname: `/requests/${id}` }), expect.anything());
    for (const text of ['DL-0123-ABCD', 'Prioritised', 'Somebody invented', 'href="/queues/dols"']) expect(opened.payload).toContain(text);
    expect((await site.get(`/restricted/requests/${randomUUID()}`)).statusCode).toBe(404);
    const { payload } = await site.get('/restricted');
    for (const text of ['These DoLS requests are open to you', 'DL-0123-ABCD</a> (DoLS request)', 'Sign in again and go on']) expect(payload).toContain(text);
    expect(payload).not.toContain('SC-0123-ABCD');
  });

  it('stand with the concerns for managers, and with who opened one', async () => {
    const { payload } = await (await siteFor('manager')).get('/restricted');
    for (const text of ['These concerns and DoLS requests are open to you', 'DL-0123-ABCD', 'SC-0123-ABCD', 'opened a restricted DoLS request on 2 July 2026']) expect(payload).toContain(text);
  });

  it('are opened by their reference', async () => {
    const site = await siteFor('dols_administrator');
    expect((await site.get('/restricted/open')).payload).toContain('Such as DL-0123-ABCD');
    const { statusCode, headers } = await site.send('/restricted/open', { reference: 'dl-0123-abcd', reason: 'Nobody else is here.' });
    expect([statusCode, headers.location]).toEqual([303, `/restricted/requests/${id}`]);
  });
});

describe('opening one without being named', () => {
  const said = { reference: 'SC-0123-ABCD', reason: 'Nobody else is here.' };
  const keys = () => services.mock.calls.filter(([input]) => String(input).endsWith('/break-glass')).map(([, init]) => (init!.headers as Record<string, string>)['idempotency-key']);
  const send = async (fields: Record<string, string> = said) => (await siteFor('triage_officer')).send('/restricted/open', fields);

  it('asks for proof of who it is, and keeps what was typed', async () => {
    broken = () => Response.json({ status: 401, code: 'token/step_up' }, { status: 401 });
    const { statusCode, payload } = await send();
    expect(statusCode).toBe(401);
    for (const text of ['/sign-in?to=%2Frestricted%2Fopen&amp;again=yes', 'value="SC-0123-ABCD"', 'Nobody else is here.']) expect(payload).toContain(text);
  });

  it('leads to it', async () => {
    broken = () => Response.json({ id, reference: 'SC-0123-ABCD', until: since });
    const { statusCode, headers } = await send();
    expect([statusCode, headers.location]).toEqual([303, `/concerns/${id}`]);
  });

  it('is done once however often a form is sent whose answer was lost, and says so where it was changed since', async () => {
    const site = await siteFor('triage_officer');
    broken = () => Response.json({}, { status: 503 });
    const lost = await site.send('/restricted/open', said);
    expect([lost.statusCode, lost.payload.includes('It is opened once, however often you send it')]).toEqual([503, true]);
    broken = () => Response.json({ status: 422, code: 'idempotency/key-reused' }, { status: 422 });
    const changed = await site.sendFrom(lost, '/restricted/open', { ...said, reason: 'Another.' });
    expect([changed.statusCode, changed.payload.includes('You sent this form before, and that was recorded')]).toEqual([422, true]);
    const [first, second] = keys().slice(-2);
    expect([first, second]).toEqual([expect.stringMatching(/^[\w-]{36}$/), first]);
    broken = () => Response.json({ id, reference: 'SC-0123-ABCD', until: since });
    await site.sendFrom(changed, '/restricted/open', said);
    expect(keys().at(-1)).not.toBe(first);
  });

  it('says where there is none, and what is left out', async () => {
    broken = () => Response.json({ status: 404, detail: 'there is no such record' }, { status: 404 });
    expect((await send()).payload).toContain('No concern of your council has this reference. That you tried is recorded');
    const { statusCode, payload } = await send({ reference: '', reason: ' ' });
    expect([statusCode, payload.includes('Type the whole reference'), payload.includes('Say why you have to see it')]).toEqual([400, true, true]);
  });
});
