import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../test/a-staff-site.js';
import { Today } from './outside.js';

const report: unknown = JSON.parse(readFileSync('examples/northamptonshire/expected.json', 'utf8'));
const asOf = '2025-07-31T16:00:00.000000Z';
const concern = {
  id: 'c1',
  reference: 'SC-1',
  authority: 'E06000062',
  receivedAt: '2025-07-29T16:00:00.000000Z',
  channel: 'online',
  referrerType: 'police',
  immediateRisk: 'yes',
  assignedTo: null,
  sequence: 1,
  waitingDays: 2,
  clocks: [
    { code: 'triage_24_hours', dueAt: '2025-07-30T16:00:00.000000Z', reading: 'elapsed', state: 'late' },
    { code: 'triage_24_hours', dueAt: '2025-07-30T16:00:00.000000Z', reading: 'working', state: 'late' },
    { code: 'triage_5_days', dueAt: '2025-08-03T18:30:00.000000Z', reading: 'elapsed', state: 'running' },
  ],
};
const setAside = { id: '0190c1d2-0000-4000-8000-0000000000a1', file: 'concerns', line: 17, codes: ['bad_value:received_at'] };
const cells = { concern_ref: 'C1', received_at: '31/07/2025' };

class LastPublishedDay extends Today {
  override boardDay(): string {
    return '2025-07-31';
  }
}

/** Services as they answer when all is well, by host and path. */
const answers: Record<string, () => Response> = {
  'metrics.test/report': () => Response.json(report),
  'metrics.test/measures': () => Response.json([{ key: 'triage_time', title: 'Time', definition: 'Elapsed seconds over 86,400.' }]),
  'triage.test/queue': () => Response.json({ items: [concern], total: 51, oldestDays: 2, page: 2, pageSize: 25, asOf }),
  'section42.test/queue': () => Response.json({ items: [], total: 0, page: 1, pageSize: 25, asOf }),
  'triage.test/internal/imports/quarantine': () => Response.json({ items: [{ ...setAside, firstSeenAt: asOf }], total: 1 }),
  'triage.test/internal/imports/quarantine.csv': () => new Response("line,codes\r\n17,'=1\r\n"),
  'triage.test/internal/imports/quarantine/0190c1d2-0000-4000-8000-0000000000a1': () => Response.json({ ...setAside, cells }),
  'triage.test/internal/imports/quarantine/0190c1d2-0000-4000-8000-0000000000a1/mend': () => Response.json({ taken: true }),
};
const services = jest.fn<typeof fetch>();
let site: AStaffSite;

beforeAll(async () => {
  site = await AStaffSite.start({ visitor: visitorAs('data_manager'), services, today: new LastPublishedDay() });
});
afterAll(() => site.close());
beforeEach(() => {
  services.mockReset();
  services.mockImplementation(async (input) => {
    const { host, pathname } = new URL(String(input));
    return answers[`${host}${pathname}`]?.() ?? Response.json({}, { status: 404 });
  });
});
const get = (url: string) => site.get(url);
const asked = () => services.mock.calls.map(([input]) => String(input));

describe('the board report', () => {
  it('opens at today, with figures, charts, definitions and what was published', async () => {
    const { statusCode, payload } = await get('/board');
    expect(statusCode).toBe(200);
    expect(asked()).toContain('http://metrics.test/report?as_of=2025-07-31&authority=E06000062');
    for (const text of ['4.0 days on average', 'role="img"', 'Elapsed seconds over 86,400.', 'published 28 January 2026', '/board/triage_time.csv?as_of=2025-07-31&amp;authority=E06000062']) {
      expect(payload).toContain(text);
    }
    expect(payload).not.toMatch(/ style=|<script/);
  });
  it('is shown without definitions where they cannot be had', async () => {
    services.mockImplementation(async (input) => (String(input).includes('/report') ? Response.json(report) : Response.json({}, { status: 500 })));
    expect((await get('/board?authority=all')).statusCode).toBe(200);
  });
  it('gives each measure as CSV', async () => {
    const { headers, payload } = await get('/board/dols_decided_by_year.csv?authority=all&as_of=2025-07-31');
    expect(headers['content-type']).toContain('text/csv');
    expect(payload).toContain('2024-25,4198,2557,779');
    expect(asked().filter((url) => /metrics|triage/.test(url))).toEqual(['http://metrics.test/report?as_of=2025-07-31&authority=all&only=dols_decided_by_year']);
  });
  it.each(['2025-02-30', 'tomorrow', '1066-10-14'])('asks again for %s', async (day) => {
    const { statusCode, payload } = await get(`/board?as_of=${day}`);
    expect(statusCode).toBe(400);
    expect(payload).toContain('href="#as_of"');
  });
  it('refuses a day that is still to come, on the page and as a file, and asks nobody', async () => {
    for (const path of ['/board', '/board/triage_time.csv']) {
      const { statusCode, payload } = await get(`${path}?as_of=2098-11-20`);
      expect([statusCode, payload.includes('Enter today or a day before it: 20 November 2098 is still to come'), payload.includes('value="2098-11-20"')]).toEqual([400, true, true]);
    }
    expect(asked().filter((url) => url.includes('metrics.test'))).toEqual([]);
  });
  it('shows first decisions of the last twelve months where the published periods have long ended', async () => {
    const figures = (decisions: number, mean_days: number) => ({ decisions, mean_days, median_days: mean_days, within_24_hours: 0, within_5_days: 0 });
    const triageTimes = (url: URL) => Response.json({ periods: [url.searchParams.get('to') === '2026-05-10' ? { name: '2025-06-01/2026-05-10', figures: figures(7, 501.5) } : { name: '2024-06-01/2025-05-31', figures: figures(90, 3) }] });
    services.mockImplementation(async (input) => {
      const url = new URL(String(input));
      if (url.pathname === '/measures/triage_time') return triageTimes(url);
      if (url.pathname === '/measures/undecided_concerns') return Response.json({ periods: [{ name: '2026-05', figures: { concerns: 0, undecided: 0 } }] });
      return answers[`${url.host}${url.pathname}`]?.() ?? Response.json({}, { status: 404 });
    });
    expect((await get('/board?as_of=2026-05-10')).payload).toContain('on average, 7 first decisions, June 2025 to 10 May 2026; the aim is 24 hours; it was 3.0 in the twelve months before');
  });
  it('knows no measure of another name', async () => expect((await get('/board/nonsense.csv')).statusCode).toBe(404));
  it('says so, with a reference, when the metrics service is away', async () => {
    services.mockRejectedValue(new TypeError('fetch failed'));
    const { statusCode, payload } = await get('/board');
    expect(statusCode).toBe(503);
    expect(payload).toMatch(/not available just now[\s\S]*reference <strong>[\w-]{36}/);
  });
});

describe('a queue', () => {
  it('is asked for in the name of whoever is signed in', async () => {
    await get('/queues/triage?authority=E06000061');
    expect(services.mock.calls[0]?.[1]?.headers).toMatchObject({ authorization: 'Bearer of-somebody' });
  });
  it('shows clocks in words, once where both readings agree', async () => {
    const { payload } = await get('/queues/triage');
    expect(payload).toContain('late by 1 day<');
    expect(payload).toMatch(/3 days 2 hours left<[^]*?>clock: Sun 3 Aug, 7:30pm</);
    expect(payload).toContain('51 concerns await a decision in West Northamptonshire; the oldest has waited 2 days.');
  });
  it('passes on how it is sorted, narrowed and paged, and nothing that it does not know', async () => {
    await get('/queues/triage?sort=receivedAt&direction=desc&page=2&referrerType=police&late=maybe&evil=1');
    expect(asked()[0]).toBe('http://triage.test/queue?authority=E06000062&page=2&sort=receivedAt&direction=desc&referrerType=police');
  });
  it('offers the choices that are made often, and says which of them is shown', async () => {
    const { payload } = await get('/queues/triage?late=yes&has=nobody&page=2');
    expect(payload).toContain('href="/queues/triage?authority=E06000062&amp;immediateRisk=yes"');
    expect([...payload.matchAll(/aria-current="true">([^<]+)</g)].map(([, text]) => text)).toEqual(['Late, and nobody has']);
    expect((await get('/queues/triage')).payload).toMatch(/aria-current="true">All</);
  });
  it('begins again where a page is asked for that no service counts to', async () => {
    await get('/queues/triage?page=100001');
    expect(asked()[0]).toMatch(/[?&]page=1$/);
  });
  it('says once that nothing waits when nothing does, or nothing that was chosen', async () => {
    const said = async (query: string) => (await get(`/queues/enquiries${query}`)).payload.match(/Nothing waits[^<]*/g);
    expect([await said(''), await said('?kind=s42')]).toEqual([['Nothing waits in West Northamptonshire.'], ['Nothing waits in West Northamptonshire that fits these choices.']]);
  });
  it('is not available when its service is away', async () => expect((await get('/queues/dols')).statusCode).toBe(503));
  it('of another name is not found', async () => expect((await get('/queues/nonsense')).statusCode).toBe(404));
});

describe('a row that an import set aside', () => {
  it('is listed with its reasons in words', async () =>
    expect((await get('/imports/quarantine')).payload).toContain('received_at is not a value of its kind'));
  it('can be downloaded with the others', async () => expect((await get('/imports/quarantine.csv?file=concerns')).payload).toContain("'=1"));
  it('says when it was not UTF-8', async () => {
    answers['triage.test/internal/imports/quarantine/0190c1d2-0000-4000-8000-0000000000a1'] = () => Response.json({ ...setAside, cells, raw: ['C1', 'é'], isLatin1: true });
    expect((await get('/imports/quarantine/concerns/0190c1d2-0000-4000-8000-0000000000a1')).payload).toContain('The row is not UTF-8.');
  });
  it('is mended and taken', async () => {
    const reply = await mend({ 'cell-concern_ref': 'C1', 'cell-received_at': '2025-07-31T09:00' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/imports/quarantine?file=concerns&taken=17']);
    expect(JSON.parse(String(services.mock.calls.at(-1)?.[1]?.body))).toEqual({ cells: { concern_ref: 'C1', received_at: '2025-07-31T09:00' } });
  });
  it('comes back with what was typed when it is still not right', async () => {
    answers['triage.test/internal/imports/quarantine/0190c1d2-0000-4000-8000-0000000000a1/mend'] = () => Response.json({ codes: ['bad_value:received_at'] }, { status: 422 });
    const reply = await mend({ 'cell-received_at': 'yesterday' });
    expect(reply.statusCode).toBe(422);
    expect(reply.payload).toContain('value="yesterday"');
    expect(reply.payload).toContain('href="#cell-received_at"');
  });
  it('is not said to be left out where no answer came, and comes back with what was typed', async () => {
    answers['triage.test/internal/imports/quarantine/0190c1d2-0000-4000-8000-0000000000a1/mend'] = () => Response.json({}, { status: 503 });
    const { statusCode, payload } = await mend({ 'cell-received_at': 'yesterday' });
    expect(statusCode).toBe(503);
    for (const text of ['It is not known whether the row was taken', 'Look whether it is still there', 'value="yesterday"']) expect(payload).toContain(text);
    for (const text of ['The row was not taken', 'recorded once']) expect(payload).not.toContain(text);
  });
  it('cannot be mended from another site', async () => {
    const reply = await site.forge(setAsidePath);
    expect(reply.statusCode).toBe(403);
    expect(services).not.toHaveBeenCalled();
  });
});

const setAsidePath = '/imports/quarantine/concerns/0190c1d2-0000-4000-8000-0000000000a1';
const mend = (fields: Record<string, string>) => site.send(setAsidePath, fields);
