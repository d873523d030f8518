import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const id = '0190c1d2-0000-7000-8000-0000000000c1';
const personId = '0190c1d2-0000-7000-8000-0000000000d1';
const decidedAt = '2026-07-01T12:00:00.000000Z';
const item = { id, reference: 'SC-0123-ABCD', personId, referrerType: 'police', outcome: 'quality_team', decidedAt, decidedBy: 'staff-triage-2', feedback: 'owed' };
const colleagues = [{ actsAs: 'staff-triage-2', name: 'A Colleague', roles: [{ role: 'triage_officer' }], status: 'disabled' }];

describe('the decided concerns', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let list: object;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('triage_officer'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    list = { items: [item, { ...item, id: personId, decidedBy: null, personId: null, feedback: 'not_known' }], next: { decidedAt, id }, asOf: decidedAt };
    services.mockReset();
    services.mockImplementation(async (input) => {
      const { host, pathname } = new URL(String(input));
      if (host === 'directory.test') return Response.json({ items: colleagues, next: null });
      return Response.json(pathname === '/people/names' ? { names: [{ id: personId, givenName: 'Inventa', familyName: 'Person' }] } : list);
    });
  });
  const asked = () => services.mock.calls.map(([input]) => String(input)).filter((url) => url.includes('triage.test'));

  it('are listed with whom they are about, what was decided and by whom, and lead to each', async () => {
    const { statusCode, payload } = await site.get('/queues/decided');
    expect([statusCode, asked()]).toEqual([200, ['http://triage.test/decided?authority=E06000062']]);
    for (const text of ['Inventa Person', `href="/concerns/${id}"`, 'Quality team', '1 July 2026, 1:00pm', 'A Colleague', 'In another system', 'Not yet']) expect(payload).toContain(text);
  });

  it('say in plain words that an outcome is kept from whoever may look at the decision again', async () => {
    list = { items: [{ ...item, outcome: null }], next: null, asOf: decidedAt };
    expect((await site.get('/queues/decided')).payload).toContain('Not shown: it needs a second look');
  });

  it('are narrowed by outcome and by who decided, also by somebody who works here no more, and nothing else is passed on', async () => {
    await site.get(`/queues/decided?outcome=quality_team&decidedBy=staff-triage-2&evil=1&authority=E06000061`);
    await site.get(`/queues/decided?outcome=nonsense&decidedBy=nobody`);
    expect(asked()).toEqual(['http://triage.test/decided?authority=E06000061&outcome=quality_team&decidedBy=staff-triage-2', 'http://triage.test/decided?authority=E06000062']);
  });

  it('offer no other council than the own one, and say by its name of which an address led to another', async () => {
    const { payload } = await site.get('/queues/decided');
    expect([payload.includes('North Northamptonshire'), payload.includes('<input type="hidden" name="authority" value="E06000062">')]).toEqual([false, true]);
    services.mockImplementation(async () => Response.json({ detail: 'You may see them with E06000062 alone.' }, { status: 403 }));
    const refused = await site.get('/queues/decided?authority=E06000061');
    expect(refused.statusCode).toBe(403);
    expect(refused.payload).toContain('This is about North Northamptonshire, and you see that of West Northamptonshire alone. Ask a colleague who works there.');
    expect(refused.payload).not.toContain('E0600006');
  });

  it('say of which whoever raised it wrote more since, and are narrowed to those', async () => {
    list = { items: [{ ...item, moreCameAt: decidedAt }], next: null, asOf: decidedAt };
    const { payload } = await site.get('/queues/decided?moreCame=yes');
    expect([asked(), payload.includes('wrote more, 1 July 2026, 1:00pm')]).toEqual([['http://triage.test/decided?authority=E06000062&moreCame=yes'], true]);
    expect(payload).not.toContain('recorded as in danger');
    list = { items: [{ ...item, moreCameAt: decidedAt, inDanger: true }], next: null, asOf: decidedAt };
    expect((await site.get('/queues/decided')).payload).toContain('wrote more, 1 July 2026, 1:00pm; recorded as in danger');
  });

  it('say in a shape and words of which danger was told since, and are narrowed to those', async () => {
    list = { items: [{ ...item, moreCameAt: decidedAt, inDanger: true, dangerToldAt: decidedAt }], next: null, asOf: decidedAt };
    const { payload } = await site.get('/queues/decided?dangerTold=yes');
    expect(asked()).toEqual(['http://triage.test/decided?authority=E06000062&dangerTold=yes']);
    for (const text of ['Danger told since, 1 July 2026, 1:00pm; nobody has looked yet', 'cw-clock--late', 'who has waited longest for somebody to look comes first']) expect(payload).toContain(text);
  });

  it('go on from the last of a page, and back to the newest', async () => {
    const { payload } = await site.get(`/queues/decided?outcome=quality_team`);
    const older = /href="([^"]+)" rel="next"/.exec(payload)![1]!.replaceAll('&amp;', '&');
    expect(payload).toContain('Older decisions');
    list = { items: [item], next: null, asOf: decidedAt };
    const next = (await site.get(older)).payload;
    expect(asked().at(-1)).toBe(`http://triage.test/decided?${new URLSearchParams({ authority: 'E06000062', outcome: 'quality_team', decidedAt, id })}`);
    expect([next.includes('The newest'), next.includes('rel="next"')]).toEqual([true, false]);
  });

  it('say so where there is none', async () => {
    list = { items: [], next: null, asOf: decidedAt };
    expect((await site.get('/queues/decided')).payload).toContain('Nothing is decided yet.');
    expect((await site.get('/queues/decided?outcome=quality_team')).payload).toContain('Nothing is decided that fits these choices.');
  });
});
