import { jest } from '@jest/globals';
import { AStaffSite, visitorAs } from '../../test/a-staff-site.js';

const ids = ['0190c1d2-0000-7000-8000-0000000000c1', '0190c1d2-0000-7000-8000-0000000000c2'] as const;
const one = (id: string) => ({ id, reference: 'SC-0123-ABCD', status: 'triaged', receivedAt: '2026-07-01T09:00:00.000000Z' });

describe('finding a concern by its reference', () => {
  const services = jest.fn<typeof fetch>();
  let site: AStaffSite;
  let found: object[];
  beforeAll(async () => {
    site = await AStaffSite.start({ visitor: visitorAs('enquiry_worker'), services });
  });
  afterAll(() => site.close());
  beforeEach(() => {
    found = [one(ids[0])];
    services.mockReset();
    services.mockImplementation(async () => Response.json({ items: found }));
  });
  const find = async (reference: string) => site.sendFrom(await site.get('/no-such-page'), '/concerns/find', { reference });

  it('is offered above every page, also one that is not there, and sends what is typed in no address', async () => {
    for (const path of ['/', '/no-such-page']) {
      const { payload } = await site.get(path);
      expect(payload).toMatch(/<form class="cw-find" role="search" method="post" action="\/concerns\/find"/);
    }
    const reply = await find(' sc-0123-abcd ');
    expect([reply.statusCode, reply.headers.location]).toEqual([303, `/concerns/${ids[0]}`]);
    expect(services.mock.calls.map(([input, init]) => [String(input), init?.method, init?.body]).filter(([url]) => url !== 'http://triage.test/restricted')).toEqual([['http://triage.test/concerns/find', 'POST', '{"reference":"sc-0123-abcd"}']]);
  });

  it('says where there is none, and keeps what was typed', async () => {
    found = [];
    const { statusCode, payload } = await find('SC-0000-0000');
    expect(statusCode).toBe(404);
    for (const text of ['No concern of your council has this reference', 'href="#find"', 'value="SC-0000-0000"']) expect(payload).toContain(text);
  });

  it('finds nothing by what can be no reference', async () => {
    services.mockImplementation(async () => Response.json({ status: 400, detail: 'must be a reference, in one line' }, { status: 400 }));
    expect((await find('SC\u00000')).statusCode).toBe(404);
  });

  it('keeps what was typed where no answer comes, and does not speak of what was recorded', async () => {
    services.mockImplementation(async () => Response.json({}, { status: 503 }));
    const { statusCode, payload } = await find('SC-0123-ABCD');
    expect(statusCode).toBe(503);
    for (const text of ['action="/concerns/find"', 'name="reference" value="SC-0123-ABCD"']) expect(payload).toContain(text);
    expect(payload).not.toContain('It is not known');
  });

  it('lists them where an old system called several the same', async () => {
    found = ids.map(one);
    const { statusCode, payload } = await find('C1');
    expect(statusCode).toBe(200);
    for (const id of ids) expect(payload).toContain(`href="/concerns/${id}"`);
    expect(payload).toContain('SC-0123-ABCD, 1 July 2026: decided');
  });

  it.each(['', ' ', 'x'.repeat(101)])('asks for nothing that can be no reference: %j', async (reference) => {
    const { statusCode } = await find(reference);
    expect([statusCode, services.mock.calls.length]).toEqual([400, 0]);
  });

  it('is not done from another site', async () => expect((await site.forge('/concerns/find')).statusCode).toBe(403));
});
