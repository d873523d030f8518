import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const record = '0190c1d2-0000-4000-8000-0000000000b2';
const reading = { id: 9, at: '2026-07-01T09:00:00.000000Z', who: 'staff-worker-2', what: 'concern_case', why: '=cover()', records: [record] };

describe('who read what', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let next: number | null;
  let what: string;
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('auditor'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    next = null;
    what = reading.what;
    services.mockReset();
    services.mockImplementation(async (input) => {
      const { host, pathname, searchParams } = new URL(String(input));
      if (host === 'directory.test') return Response.json({ items: [{ actsAs: 'staff-worker-2', name: 'Somebody invented', roles: [], status: 'active' }], next: null });
      if (pathname === '/readings/odd') return Response.json({ moreThan: 40, manyInAnHour: [{ who: 'staff-worker-2', hour: reading.at, records: 51 }], withoutActing: [], manySearches: [{ who: 'staff-worker-2', hour: reading.at, searches: 44 }], ownSurname: [{ who: 'staff-worker-2', searches: 1, last: reading.at }], ownPostcode: [{ who: 'staff-worker-2', readings: 3, last: reading.at }] });
      return Response.json({ items: searchParams.get('after') === '9' ? [{ ...reading, id: 8, why: null }] : [{ ...reading, what }], next: searchParams.get('after') === '9' ? null : next });
    });
  });
  const asked = () => services.mock.calls.map(([input]) => new URL(String(input))).filter(({ pathname }) => pathname.startsWith('/readings')).map(({ host, searchParams }) => [host, Object.fromEntries(searchParams)] as const);

  it('is told with names, reasons and times, of the days and the person that were chosen', async () => {
    const { payload } = await site.get(`/audit?place=section42&who=staff-worker-2&record=${record}&from=2026-07-01&to=2026-07-02`);
    for (const text of ['Who read what', 'Somebody invented', 'staff-worker-2', 'concern case', '=cover()', '1 July 2026, 10:00am', record]) expect(payload).toContain(text);
    expect(asked()).toEqual([['section42.test', { from: '2026-06-30T23:00:00Z', until: '2026-07-02T23:00:00Z', limit: '50', who: 'staff-worker-2', record }]]);
  });

  it('says of whom the site knows what they are called, and not by which id, and a broken glass plainly', async () => {
    what = 'enquiry by a broken glass';
    const { payload } = await site.get('/audit');
    expect([payload.includes('Somebody invented</td>'), payload.includes('>staff-worker-2<'), payload.includes('enquiry, restricted, opened without being named (broken glass)')]).toEqual([true, false, true]);
  });

  it('leaves aside what it does not know, and begins with the concerns of the last thirty days', async () => {
    await site.get('/audit?place=nonsense&who=%3Cb%3E&record=1&from=yesterday&after=-1');
    const [[host, query]] = asked() as [readonly [string, Record<string, string>]];
    expect([host, Object.keys(query)]).toEqual(['triage.test', ['from', 'until', 'limit']]);
    expect(Date.parse(query['until']!) - Date.parse(query['from']!)).toBeGreaterThan(29 * 86_400_000);
  });

  it('leads to older readings while there are any', async () => {
    next = 9;
    const { payload } = await site.get('/audit?from=2026-07-01&to=2026-07-02');
    const [, href] = /href="([^"]+)">Older readings/.exec(payload)!;
    expect((await site.get(href!.replaceAll('&amp;', '&'))).payload).not.toContain('Older readings');
    expect(asked().at(-1)![1]).toMatchObject({ after: '9' });
  });

  it('ASVS 5.0 V1.2.10, V1.3.3, check 3: comes as a file with every page of it, of which a spreadsheet runs nothing', async () => {
    next = 9;
    const { payload, headers } = await site.get('/audit/readings.csv?from=2026-07-01&to=2026-07-02');
    expect(headers['content-disposition']).toContain('readings-triage-2026-07-01-to-2026-07-02.csv');
    expect(payload.split('\r\n')).toHaveLength(4);
    expect(payload).toContain(",'=cover(),");
  });

  it('has on that page who searched for people often, and for those who are called as they are', async () => {
    const { payload } = await site.get('/audit/odd?place=people');
    for (const text of ['More than 40 searches for people within an hour', '44 searches', 'Searches for people of one’s own surname', '1 search<', 'People looked for or opened at one’s own postcode', '3 times']) expect(payload).toContain(text);
    expect((await site.get('/audit/odd?place=dols')).payload).not.toContain('searches for people');
  });

  it('has a page of what to ask about', async () => {
    const { payload } = await site.get('/audit/odd?place=dols');
    for (const text of ['More than 40 records opened within an hour', '51 records', 'Nobody opened a record about which they never did anything']) expect(payload).toContain(text);
  });
});
